import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { deLongArea, deLongTest } from './delong.ts'
import { twoSidedProbability } from './normal.ts'
import { areaUnderRoc } from './roc.ts'
import { rankSamples, tally } from './samples.ts'

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

const covariance = (one: number[], other: number[]) =>
  one.reduce((sum, value, i) => sum + (value - mean(one)) * (other[i]! - mean(other)), 0) / (one.length - 1)

/** The definitions of DeLong et al. 1988, pair by pair. */
function bruteForce(models: number[][], fake: number[]) {
  const wins = (above: number, below: number) => (above > below ? 1 : above === below ? 0.5 : 0)
  const parts = models.map((scores) => {
    const fakes = scores.filter((_, i) => fake[i])
    const reals = scores.filter((_, i) => !fake[i])
    return {
      v10: fakes.map((x) => mean(reals.map((y) => wins(x, y)))),
      v01: reals.map((y) => mean(fakes.map((x) => wins(x, y)))),
    }
  })
  const s = (r: number, c: number) =>
    covariance(parts[r]!.v10, parts[c]!.v10) / parts[r]!.v10.length +
    covariance(parts[r]!.v01, parts[c]!.v01) / parts[r]!.v01.length
  return { areas: parts.map(({ v10 }) => mean(v10)), s }
}

test('against the definition, with many ties', () => {
  const random = new Random('delong')
  for (let round = 0; round < 200; round++) {
    const fake = [0, 0, 1, 1, ...Array.from({ length: random.integer(60) }, () => random.integer(2))]
    const levels = 2 + random.integer(20)
    const model = () => fake.map((isFake) => random.integer(levels + isFake * random.integer(levels)))
    const [first, second] = [model(), model()]
    const { areas, s } = bruteForce([first, second], fake)
    const result = deLongTest(first, second, fake)!
    expect(result.first.area).toBeCloseTo(areas[0]!, 12)
    expect(result.second.area).toBeCloseTo(areas[1]!, 12)
    expect(result.first.area).toBeCloseTo(areaUnderRoc(tally(rankSamples({ scores: first, fake })))!, 12)
    expect(result.first.standardError! ** 2).toBeCloseTo(s(0, 0), 12)
    expect(result.second.standardError! ** 2).toBeCloseTo(s(1, 1), 12)
    expect(result.standardError! ** 2).toBeCloseTo(s(0, 0) + s(1, 1) - 2 * s(0, 1), 12)
    if (result.z) expect(result.z).toBeCloseTo((areas[1]! - areas[0]!) / result.standardError!, 8)
  }
})

test('by hand', () => {
  // Fakes 1 3 4, reals 0 2: V10 = 1/2, 1, 1 (variance 1/12), V01 = 1, 2/3 (variance 1/18).
  const { area, standardError, low, high } = deLongArea([1, 3, 4, 0, 2], [1, 1, 1, 0, 0])!
  expect(area).toBeCloseTo(5 / 6, 12)
  expect(standardError).toBeCloseTo(Math.sqrt(1 / 36 + 1 / 36), 12)
  expect(low).toBeCloseTo(5 / 6 - 1.959964 * Math.sqrt(1 / 18), 6)
  expect(high).toBe(1)
})

describe('what cannot be judged', () => {
  test('one class, none', () => {
    expect(deLongArea([1, 2], [1, 1])).toBeNull()
    expect(deLongTest([], [], [])).toBeNull()
  })
  test('one video of a class', () => {
    const expected = { standardError: null, z: null, p: null, difference: -1 }
    expect(deLongTest([0, 1, 1], [1, 0, 0], [0, 1, 1])).toMatchObject(expected)
  })
  test('the same scores differ by nothing', () => {
    expect(deLongTest([1, 3, 2, 4], [2, 6, 4, 8], [0, 0, 1, 1])).toMatchObject({ difference: 0, z: 0, p: 1 })
  })
  test('perfect against perfectly wrong has no spread', () => {
    const result = deLongTest([1, 2, 3, 4], [4, 3, 2, 1], [0, 0, 1, 1])
    expect(result).toMatchObject({ difference: -1, standardError: 0, z: null, p: null })
  })
})

test('under equality p is uniform: 5 % of the tests find what is not there', () => {
  const random = new Random('null hypothesis')
  const fake = Array.from({ length: 100 }, (_, i) => i % 2)
  const found = Array.from({ length: 1000 }, () => {
    const shared = fake.map((isFake) => isFake + random.normal())
    const model = () => shared.map((value) => value + random.normal())
    return deLongTest(model(), model(), fake)!.p! < 0.05 ? 1 : 0
  })
  expect(mean(found)).toBeGreaterThan(0.03)
  expect(mean(found)).toBeLessThan(0.075)
})

// R: 2 * pnorm(-abs(z))
test.each([
  [0, 1],
  [0.5, 0.6170750774519738],
  [-1, 0.31731050786291415],
  [1.959963984540054, 0.05],
  [2.8, 0.005110260660855571],
  [3, 0.0026997960632601866],
  [5, 5.733031437583869e-7],
  [10, 1.523970604832105e-23],
  [50, 0],
])('probability of a normal number beyond %f', (z, p) => {
  expect(twoSidedProbability(z) / (p || 1)).toBeCloseTo(p ? 1 : 0, 9)
})
