/** Where test inputs are drawn from. All draws are multiples of 2^-10, so that stepping to either side is exact. */
import type { Random } from '../../tensor/random.ts'

/** Draws `count` numbers. */
export type Domain = (random: Random, count: number) => number[]

const grain = 2 ** -10
/** Steps of the finite differences stay well below this. */
const clearance = 0.1

const draw = (count: number, next: () => number) => Array.from({ length: count }, next)
const rounded = (value: number) => Math.round(value / grain) * grain

/** Uniform in [low, high), at a distance from the points where the derivative jumps. */
export function uniform(low: number, high: number, kinks: readonly number[] = []): Domain {
  return (random, count) =>
    draw(count, () => {
      for (;;) {
        const value = rounded(random.uniform(low, high))
        if (kinks.every((kink) => Math.abs(value - kink) > clearance)) return value
      }
    })
}

/** No two closer than the clearance, so that which one is the largest does not change under a small step. */
export const distinct: Domain = (random, count) =>
  [...random.permutation(count)].map((place) => rounded((place - count / 2) * 2 * clearance))

/** Whole numbers but 0, small enough that float32 holds their products and sums exactly. */
export const whole: Domain = (random, count) => draw(count, () => (random.integer(32) + 1) * sign(random))

/** Directions and seeds for real numbers: of either sign, none of them small. */
export const signed: Domain = (random, count) => draw(count, () => rounded(random.uniform(0.5, 1)) * sign(random))

/** The default: around 0. */
export const real = uniform(-2, 2)

/** For denominators, roots, logarithms and variances. */
export const positive = uniform(0.75, 2)

const sign = (random: Random) => (random.bernoulli(0.5) ? 1 : -1)
