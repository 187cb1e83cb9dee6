import type { Random } from '../tensor/random.ts'

/** Lowest and highest. */
export type Range = readonly [low: number, high: number]

/** A number of the range. */
export function within(random: Random, [low, high]: Range): number {
  return low < high ? random.uniform(low, high) : low
}

/** A number of the range, its logarithm evenly spread; both ends above 0. */
export function withinOctaves(random: Random, [low, high]: Range): number {
  return Math.exp(within(random, [Math.log(low), Math.log(high)]))
}

/** A number of at most this size, of either sign. */
export function either(random: Random, most: number): number {
  return within(random, [-most, most])
}

/** One of the keys, each as often as its weight says; undefined where all weights are 0. */
export function pick<Key extends string>(random: Random, weights: Readonly<Record<Key, number>>): Key | undefined {
  const entries = Object.entries(weights) as [Key, number][]
  const sum = entries.reduce((total, [, weight]) => total + weight, 0)
  if (sum === 0) return undefined
  let rest = random.uniform(0, sum)
  for (const [key, weight] of entries) {
    rest -= weight
    if (rest < 0) return key
  }
  return entries.findLast(([, weight]) => weight > 0)![0]
}

/** Numbers are drawn whether they are used or not, so that a probability changes no other draw. */
export function chosen<T>(random: Random, probability: number, value: T): T | undefined {
  return random.bernoulli(probability) ? value : undefined
}
