import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { bootstrap, centredInterval, percentileInterval } from './bootstrap.ts'
import { calibrationError } from './calibration.ts'
import { areaUnderRoc } from './roc.ts'
import { rankSamples, tally } from './samples.ts'

/** Reals, then fakes. */
const strataOf = (reals: number, fakes: number) => [
  Array.from({ length: reals }, (_, i) => i),
  Array.from({ length: fakes }, (_, i) => reals + i),
]

test('each replicate draws as many of each stratum as there are; the same seed draws the same', () => {
  const draw = (seed: number) => {
    const drawn: number[][] = []
    const measure = (weights: Float64Array) => {
      drawn.push([...weights])
      return []
    }
    bootstrap(strataOf(3, 5), measure, { replicates: 50, random: new Random(seed) })
    return drawn
  }
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  expect(draw(1)[0]).toEqual(Array(8).fill(1))
  expect(draw(1)).toHaveLength(51)
  for (const weights of draw(1)) {
    expect(sum(weights.slice(0, 3))).toBe(3)
    expect(sum(weights.slice(3))).toBe(5)
  }
  expect(draw(1)).toEqual(draw(1))
  expect(draw(2)).not.toEqual(draw(1))
})

test('the interval of a mean is that of theory', () => {
  const random = new Random('mean')
  const values = Array.from({ length: 400 }, () => random.normal(5, 2))
  const mean = (weights: ArrayLike<number>) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / 400
  const [result] = bootstrap([[...values.keys()]], (weights) => [mean(weights)], { replicates: 4000, random })
  const { value, low, high } = percentileInterval(result!)
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - value!) ** 2, 0) / 400)
  expect((high! - low!) / 2 / ((1.96 * deviation) / 20)).toBeCloseTo(1, 1)
  expect((high! + low!) / 2).toBeCloseTo(value!, 1)
})

test('about 95 % of the intervals of an AUC hold the true one', () => {
  const random = new Random('coverage')
  const truth = 0.7602499389065233 // of two normal distributions one deviation apart: Phi(1 / sqrt 2)
  let covered = 0
  for (let study = 0; study < 200; study++) {
    const fake = Array.from({ length: 80 }, (_, i) => (i < 40 ? 0 : 1))
    const ranked = rankSamples({ scores: fake.map((isFake) => random.normal(isFake)), fake })
    const measure = (weights: Float64Array) => [areaUnderRoc(tally(ranked, weights))]
    const [result] = bootstrap(strataOf(40, 40), measure, { replicates: 300, random })
    const { low, high } = percentileInterval(result!)
    if (low! <= truth && truth <= high!) covered++
  }
  expect(covered / 200).toBeGreaterThan(0.89)
  expect(covered / 200).toBeLessThan(0.99)
})

test('videos are drawn, not clips: the more alike the clips of a video, the wider the interval', () => {
  const width = (spread: number) => {
    const random = new Random('clusters')
    const clips = Array.from({ length: 60 }, (_, video) => {
      const level = random.normal(video < 30 ? 0 : 1)
      return Array.from({ length: 10 }, () => ({ video, score: level + random.normal(0, spread) }))
    }).flat()
    const ranked = rankSamples({
      scores: clips.map(({ score }) => score),
      fake: clips.map(({ video }) => (video < 30 ? 0 : 1)),
      clusters: clips.map(({ video }) => video),
    })
    const measure = (weights: Float64Array) => [areaUnderRoc(tally(ranked, weights))]
    const [result] = bootstrap(strataOf(30, 30), measure, { replicates: 500, random })
    const { low, high } = percentileInterval(result!)
    return high! - low!
  }
  expect(width(0)).toBeGreaterThan(2 * width(20))
})

test('the calibration error of replicates is too large; the centred interval holds the value', () => {
  const random = new Random('calibration')
  for (let study = 0; study < 20; study++) {
    const scores = Array.from({ length: 200 }, () => random.uniform())
    const fake = scores.map((score) => (random.bernoulli(score) ? 1 : 0))
    const ranked = rankSamples({ scores, fake })
    const strata = [0, 1].map((label) => [...fake.keys()].filter((i) => fake[i] === label))
    const measure = (weights: Float64Array) => [calibrationError(tally(ranked, weights))]
    const [result] = bootstrap(strata, measure, { replicates: 200, random })
    const { value, low, high } = centredInterval(result!)
    expect(low!).toBeGreaterThanOrEqual(0)
    expect(low!).toBeLessThanOrEqual(value!)
    expect(high!).toBeGreaterThanOrEqual(value!)
    expect(high!).toBeLessThan(percentileInterval(result!).high!)
  }
})

test.each([
  ['no stratum', []],
  ['a stratum of one', [[0], [1, 2, 3]]],
])('%s: no interval', (_, strata) => {
  const results = bootstrap(strata, () => [0.5, null], { replicates: 10, random: new Random(1) })
  expect(results.map(percentileInterval)).toEqual([
    { value: 0.5, low: null, high: null },
    { value: null, low: null, high: null },
  ])
  expect(results.map(centredInterval)).toEqual(results.map(percentileInterval))
})

test('undefined for one replicate: no interval', () => {
  let calls = 0
  const measure = () => [++calls === 3 ? null : 0.5, 0.25]
  const [one, other] = bootstrap([[0, 1]], measure, { replicates: 10, random: new Random(1) })
  expect(percentileInterval(one!)).toEqual({ value: 0.5, low: null, high: null })
  expect(percentileInterval(other!)).toEqual({ value: 0.25, low: 0.25, high: 0.25 })
})

test('no replicates: no interval', () => {
  const [result] = bootstrap([[0, 1]], () => [0.5], { replicates: 0, random: new Random(1) })
  expect(percentileInterval(result!)).toEqual({ value: 0.5, low: null, high: null })
})
