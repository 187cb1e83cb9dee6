import { describe, expect, test } from 'vitest'
import { calledAt } from '../detect/operating-points.ts'
import { Random } from '../tensor/random.ts'
import { chooseOperatingPoints } from './choose-points.ts'

describe('chooseOperatingPoints', () => {
  test('keeps to the allowed errors, and no wider verdicts would', () => {
    const random = new Random(1)
    for (let round = 0; round < 300; round++) {
      // few values, so that many scores are equal
      const draw = (shift: number) => Math.min(Math.max(Math.round(10 * (random.uniform() + shift)) / 10, 0), 1)
      const real = Array.from({ length: 1 + random.integer(40) }, () => draw(-0.2))
      const fake = Array.from({ length: 1 + random.integer(40) }, () => draw(0.2))
      const allowed = { falseAlarms: 0.3 * random.uniform(), missedFakes: 0.3 * random.uniform() }
      const points = chooseOperatingPoints({ real, fake }, allowed)
      const share = (scores: number[], call: string, at = points) =>
        scores.filter((score) => calledAt(score, at) === call).length / scores.length
      expect(points.realUpTo).toBeLessThanOrEqual(0.5)
      expect(points.fakeFrom).toBeGreaterThanOrEqual(0.5)
      expect(share(real, 'fake')).toBeLessThanOrEqual(allowed.falseAlarms)
      expect(share(fake, 'real')).toBeLessThanOrEqual(allowed.missedFakes)
      // brute force: taking in the next score on the other side breaks the bound, or crosses the middle
      const nextReal = Math.max(...real.filter((score) => score < points.fakeFrom), -1)
      if (nextReal >= 0.5) {
        const wider = { ...points, fakeFrom: nextReal }
        expect(share(real, 'fake', wider)).toBeGreaterThan(allowed.falseAlarms)
      }
      const nextFake = Math.min(...fake.filter((score) => score > points.realUpTo), 2)
      if (nextFake <= 0.5 && nextFake < points.fakeFrom) {
        const wider = { ...points, realUpTo: nextFake }
        expect(share(fake, 'real', wider)).toBeGreaterThan(allowed.missedFakes)
      }
    }
  })

  test('lies in the middle of the gap', () => {
    const real = [0.1, 0.2, 0.6, 0.9]
    const fake = [0.05, 0.3, 0.7, 0.8]
    expect(chooseOperatingPoints({ real, fake }, { falseAlarms: 0.25, missedFakes: 0.25 })).toEqual({
      fakeFrom: 0.75,
      realUpTo: expect.closeTo(0.175, 12),
    })
    expect(chooseOperatingPoints({ real, fake }, { falseAlarms: 0, missedFakes: 0 })).toEqual({
      fakeFrom: 0.95,
      realUpTo: expect.closeTo(0.025, 12),
    })
  })

  test('spares scores next to 1 and 0, and fails where too many are 1 or 0', () => {
    const [almost, hardly] = [1 - Number.EPSILON / 2, Number.MIN_VALUE]
    const none = { falseAlarms: 0, missedFakes: 0 }
    expect(chooseOperatingPoints({ real: [0.2, almost], fake: [hardly, 0.9] }, none)).toEqual({
      fakeFrom: 1,
      realUpTo: 0,
    })
    const choose = (real: number[], fake: number[]) => () => chooseOperatingPoints({ real, fake }, none)
    expect(choose([0.2, 1], [0.9])).toThrow('more real videos than may be called wrongly have a score of 1')
    expect(choose([0.2], [0, 0.9])).toThrow('more fake videos than may be called wrongly have a score of 0')
    const some = { falseAlarms: 0.5, missedFakes: 0.5 }
    expect(chooseOperatingPoints({ real: [0.6, 1], fake: [0, 0.4] }, some)).toEqual({ fakeFrom: 0.8, realUpTo: 0.2 })
  })

  test('is one half where classes are far apart', () => {
    const points = chooseOperatingPoints({ real: [0.1, 0.2], fake: [0.8, 0.9] }, { falseAlarms: 0, missedFakes: 0 })
    expect(points).toEqual({ fakeFrom: 0.6, realUpTo: 0.4 })
    const loose = chooseOperatingPoints({ real: [0.1, 0.2], fake: [0.8, 0.9] }, { falseAlarms: 0.5, missedFakes: 0.5 })
    expect(loose).toEqual({ fakeFrom: 0.5, realUpTo: 0.5 })
  })
})
