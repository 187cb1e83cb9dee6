import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { calibrate } from './calibrate.ts'
import { calibratedProbability, type MeasuredVideo } from './measured.ts'

const qualities = ['plain', 'crf38']

/** A real and a fake of each person at each quality, of a model that is four times too sure and leans to fake. */
function made(people: number, seed = 1): MeasuredVideo[] {
  const random = new Random(seed)
  return Array.from({ length: people }, (_, i) =>
    (['real', 'fake'] as const).flatMap((label) => {
      const own = random.normal(label === 'fake' ? 1 : -1, 1)
      return qualities.map((quality) => {
        const margins = [1, 2, 3].map(() => 4 * random.normal(own, 0.5) + 2)
        return { path: `${label} ${i}`, label, person: `${i}`, quality, faces: [{ width: 100, margins }] }
      })
    }),
  ).flat()
}

describe('calibrate', () => {
  test('makes too sure probabilities hold, and says what to expect of others', () => {
    const videos = made(60)
    const result = calibrate(videos, { falseAlarms: 0.05, missedFakes: 0.1 })
    const { goodness, fitted, heldOut, operatingPoints } = result
    expect(result.people).toBe(60)
    expect(goodness.fitted.logLoss).toBeLessThan(0.8 * goodness.before.logLoss)
    expect(goodness.heldOut.logLoss).toBeGreaterThan(goodness.fitted.logLoss)
    expect(goodness.heldOut.logLoss).toBeLessThan(goodness.before.logLoss)
    expect(result.calibration.scale).toBeLessThan(1)
    expect(result.calibration.offset).toBeLessThan(0)
    expect(operatingPoints.realUpTo).toBeLessThan(operatingPoints.fakeFrom)
    expect(fitted.all.real.wrong.share).toBeLessThanOrEqual(0.05)
    expect(fitted.all.fake.wrong.share).toBeLessThanOrEqual(0.1)
    expect(fitted.all.real).toMatchObject({ videos: 60 })
    for (const { all, byQuality } of [fitted, heldOut]) {
      expect(all.real.fake + all.real.uncertain + all.real.real).toBe(120)
      expect(Object.keys(byQuality)).toEqual(qualities)
    }
    expect(Object.keys(result.auc)).toEqual(qualities)
  })

  test('held out means: judged by what all others give', () => {
    const videos = made(8, 2)
    const { heldOut } = calibrate(videos)
    const expected = { fake: 0, uncertain: 0, real: 0 }
    for (let i = 0; i < 8; i++) {
      const { calibration, operatingPoints } = calibrate(videos.filter(({ person }) => person !== `${i}`))
      for (const video of videos.filter(({ person, label }) => person === `${i}` && label === 'real')) {
        const probability = calibratedProbability(video, calibration)
        const { fakeFrom, realUpTo } = operatingPoints
        expected[probability >= fakeFrom ? 'fake' : probability <= realUpTo ? 'real' : 'uncertain']++
      }
    }
    expect(heldOut.all.real).toMatchObject(expected)
  })

  test('one person whom the model takes for a fake is one false alarm for others, not for the fit', () => {
    const odd = { path: 'odd', label: 'real', person: 'odd', quality: 'plain' } as const
    const videos = [...made(10, 3), { ...odd, faces: [{ width: 100, margins: [40] }] }]
    const { fitted, heldOut } = calibrate(videos, { falseAlarms: 0, missedFakes: 0 })
    expect(fitted.byQuality.plain!.real.fake).toBe(0)
    expect(heldOut.byQuality.plain!.real.fake).toBeGreaterThanOrEqual(1)
  })

  test('faces in the background do not count', () => {
    const [video] = made(1)
    const small = { width: 20, margins: [50] }
    const calibration = { scale: 0.3, offset: -0.1 }
    const alone = calibratedProbability(video!, calibration)
    expect(calibratedProbability({ ...video!, faces: [small, ...video!.faces] }, calibration)).toBe(alone)
    const large = { width: 80, margins: [50] }
    expect(calibratedProbability({ ...video!, faces: [large, ...video!.faces] }, calibration)).toBeGreaterThan(alone)
  })

  test('refuses what it cannot be sure of', () => {
    expect(() => calibrate(made(1))).toThrow('two people')
    expect(() => calibrate(made(4), { falseAlarms: 0.6 })).toThrow('falseAlarms')
    const one = { falseAlarm: 0.1 } as object
    expect(() => calibrate(made(4), one)).toThrow('did you mean "falseAlarms"')
  })
})
