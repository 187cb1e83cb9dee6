import { describe, expect, test } from 'vitest'
import { UnmaskError } from '../errors.ts'
import { Random, type RandomState } from './random.ts'

/** Normal distribution function by Simpson's rule from the mean: independent of how the numbers are made. */
function normalDistribution(x: number): number {
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)
  const steps = 200
  const width = x / steps
  let sum = 0
  for (let i = 0; i < steps; i++) {
    const t = i * width
    sum += (density(t) + 4 * density(t + width / 2) + density(t + width)) * (width / 6)
  }
  return 0.5 + sum
}

/** Kolmogorov-Smirnov distance times sqrt(n): above 1.95 once in 1,000 for a right generator. */
function kolmogorovSmirnov(sample: readonly number[], distribution: (x: number) => number): number {
  const n = sample.length
  const sorted = sample.toSorted((a, b) => a - b)
  const gaps = sorted.map((x, i) => Math.max((i + 1) / n - distribution(x), distribution(x) - i / n))
  return Math.max(...gaps) * Math.sqrt(n)
}

function take(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    mean(x.map((value, i) => (value - mx) * (y[i]! - my)))
  return product(a, b, meanA, meanB) / Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB))
}

describe('distributions', () => {
  test('uniform', () => {
    const random = new Random('uniform')
    const values = take(50_000, () => random.uniform())
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.95)
    const shifted = take(10_000, () => random.uniform(-3, 5))
    expect(Math.min(...shifted)).toBeGreaterThanOrEqual(-3)
    expect(Math.max(...shifted)).toBeLessThan(5)
    expect(Math.abs(mean(shifted) - 1)).toBeLessThan(4 * (8 / Math.sqrt(12 * 10_000)))
  })

  test('normal: distribution, moments, no correlation within a pair', () => {
    const random = new Random('normal')
    const values = take(50_000, () => random.normal())
    expect(kolmogorovSmirnov(values, normalDistribution)).toBeLessThan(1.95)
    const n = values.length
    for (const [power, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const) {
      const moment = mean(values.map((x) => x ** power))
      expect(Math.abs(moment - expected)).toBeLessThan(4 * Math.sqrt(variance / n))
    }
    const first = values.filter((_, i) => i % 2 === 0)
    const second = values.filter((_, i) => i % 2 === 1)
    expect(Math.abs(correlation(first, second))).toBeLessThan(4 / Math.sqrt(n / 2))
    const moved = take(20_000, () => random.normal(10, 0.5))
    expect(Math.abs(mean(moved) - 10)).toBeLessThan((4 * 0.5) / Math.sqrt(20_000))
  })

  test.each([1, 2, 3, 7, 1000])('integer(%i) is even over its range', (limit) => {
    const random = new Random(`integer ${limit}`)
    const counts = new Array<number>(limit).fill(0)
    const draws = 100 * limit
    for (let i = 0; i < draws; i++) counts[random.integer(limit)]! += 1
    const chiSquare = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
    expect(chiSquare).toBeLessThan(limit - 1 + 4 * Math.sqrt(2 * limit) + 4)
  })

  test('integer has no modulo bias where 2^32 is far from a multiple of the limit', () => {
    const random = new Random('bias')
    const limit = 3 * 2 ** 30 // `word % limit` would give the lower third twice as often
    const low = take(20_000, () => random.integer(limit)).filter((value) => value < 2 ** 30).length
    expect(Math.abs(low / 20_000 - 1 / 3)).toBeLessThan(0.015)
    const large = take(1000, () => random.integer(2 ** 53))
    expect(large.every(Number.isSafeInteger)).toBe(true)
    expect(Math.max(...large)).toBeGreaterThan(2 ** 52)
  })

  test('bernoulli', () => {
    const random = new Random('bernoulli')
    const hits = take(20_000, () => Number(random.bernoulli(0.3)))
    expect(Math.abs(mean(hits) - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 20_000))
    expect(take(100, () => Number(random.bernoulli(0))).every((hit) => hit === 0)).toBe(true)
    expect(take(100, () => Number(random.bernoulli(1))).every((hit) => hit === 1)).toBe(true)
  })

  test('permutation: each of the 24 orders of four things equally often', () => {
    const random = new Random('permutation')
    const counts = new Map<string, number>()
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4.5 * Math.sqrt(1000))
    expect([...random.permutation(0)]).toEqual([])
    expect([...random.permutation(100)].sort((a, b) => a - b)).toEqual(take(100, () => 0).map((_, i) => i))
  })

  test('tensors hold the same numbers as single draws', () => {
    const [one, other] = [new Random(5), new Random(5)]
    expect(one.normalTensor([2, 3], 1, 2).data).toEqual(Float32Array.from(take(6, () => other.normal(1, 2))))
    expect(one.uniformTensor([4], -1, 1).data).toEqual(Float32Array.from(take(4, () => other.uniform(-1, 1))))
    const mask = one.bernoulliTensor([50, 20], 0.5)
    expect(mask.shape).toEqual([50, 20])
    expect(new Set(mask.data)).toEqual(new Set([0, 1]))
  })
})

describe('streams', () => {
  // Computed also by a Python port of the generator, with the C library's logarithm.
  test('golden first values: a change here breaks every recorded seed', () => {
    const numbers = new Random(1)
    expect(take(3, () => numbers.integer(2 ** 32))).toEqual([1447127973, 1585647777, 678054238])
    const text = new Random('unmask')
    expect(take(2, () => text.uniform())).toEqual([0.5367760635838006, 0.40091631835983543])
    expect(take(3, () => text.normal())).toEqual([0.9489221908476735, -0.17813946816788398, 0.8305736613897058])
    expect(text.fork('x').integer(1000)).toBe(210)
  })

  test('a fork depends on seed and label, not on what was drawn', () => {
    const random = new Random(3)
    const before = random.fork('augment').uniform()
    take(7, () => random.normal())
    expect(random.fork('augment').uniform()).toBe(before)
    expect(Random.fromState(random.state).fork('augment').uniform()).toBe(before)
    expect(new Random(4).fork('augment').uniform()).not.toBe(before)
  })

  test('a thousand forks, seeds and nested forks are all different and uncorrelated', () => {
    const random = new Random(0)
    const streams = [
      random,
      random.fork('a').fork('b'),
      random.fork('b').fork('a'),
      random.fork('ab'),
      random.fork('a').fork(''),
      new Random('0'),
      new Random(-1),
      ...take(500, () => 0).map((_, i) => random.fork(i)),
      ...take(500, () => 0).map((_, i) => new Random(i + 1)),
    ]
    const firsts = streams.map((stream) => stream.uniform())
    expect(new Set(firsts).size).toBe(streams.length)
    expect(kolmogorovSmirnov(firsts, (x) => x)).toBeLessThan(1.95)
    const samples = streams.slice(0, 9).map((stream) => take(10_000, () => stream.uniform()))
    for (const [i, a] of samples.entries()) {
      for (const b of samples.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(0.045)
    }
  })

  test('saving and restoring continues exactly, also between the two normals of a pair', () => {
    const random = new Random(9)
    for (const draws of [0, 1, 2, 5]) {
      take(draws, () => random.normal())
      const copy = Random.fromState(JSON.parse(JSON.stringify(random.state)) as RandomState)
      const ahead = Random.fromState(random.state)
      expect(take(5, () => copy.normal())).toEqual(take(5, () => ahead.normal()))
    }
  })

  test('what has no meaning is refused', () => {
    const random = new Random(1)
    const state = random.state
    for (const use of [
      () => new Random(Number.NaN),
      () => random.integer(0),
      () => random.integer(1.5),
      () => random.uniform(1, 1),
      () => random.normal(0, -1),
      () => random.bernoulli(1.1),
      () => random.permutation(-1),
      () => Random.fromState({ ...state, words: [1, 2, 3] }),
      () => Random.fromState({ ...state, key: [1, 2, 3, -4] }),
      () => Random.fromState({} as RandomState),
    ]) {
      expect(use).toThrow(UnmaskError)
    }
  })
})
