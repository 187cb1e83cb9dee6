import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { calibrationError, reliabilityTable } from './calibration.ts'
import { decisionsAt } from './decisions.ts'
import { averagePrecision, precisionRecallCurve } from './precision-recall.ts'
import { brierScore, logLoss } from './proper-scores.ts'
import { areaUnderRoc, equalErrorRate, rocCurve, truePositiveRateAt } from './roc.ts'
import { rankSamples, type Samples, tally } from './samples.ts'
import { metricNames, metrics } from './table.ts'
import { bruteForce } from './testing/brute-force.ts'

const measureAll = (samples: Samples, weights?: ArrayLike<number>) => {
  const tallied = tally(rankSamples(samples), weights)
  return Object.fromEntries(metricNames.map((name) => [name, metrics[name].measure(tallied, 0.3)]))
}

/** Samples of many kinds: few levels (ties), one class rare or missing, none at all. */
function randomSamples(random: Random) {
  const count = random.integer(40)
  const levels = 1 + random.integer(12)
  const share = [0, 0.03, 0.3, 0.5, 0.97, 1][random.integer(6)]!
  const fake = Array.from({ length: count }, () => (random.bernoulli(share) ? 1 : 0))
  const scores = fake.map((isFake) => (levels === 12 ? random.uniform() : random.integer(levels + isFake) / levels))
  return { scores: scores.map((score) => Math.min(score, 1)), fake }
}

const closeTo = (values: Record<string, number | null>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? null : expect.closeTo(value, 10)]),
  )

describe('against brute force', () => {
  test('random samples with ties, rare classes, one class, none', () => {
    const random = new Random('metrics')
    for (let round = 0; round < 500; round++) {
      const samples = randomSamples(random)
      expect(measureAll(samples)).toEqual(closeTo(bruteForce(samples, 0.3)))
    }
  })

  test('a weight is as many copies, 0 as if it was not there', () => {
    const random = new Random('weights')
    for (let round = 0; round < 300; round++) {
      const { scores, fake } = randomSamples(random)
      const weights = scores.map(() => random.integer(4))
      const repeat = (values: number[]) => values.flatMap((value, i) => Array(weights[i]!).fill(value))
      const repeated = { scores: repeat(scores), fake: repeat(fake) }
      expect(measureAll({ scores, fake }, weights)).toEqual(closeTo(measureAll(repeated)))
      const [one, other] = [tally(rankSamples({ scores, fake }), weights), tally(rankSamples(repeated))]
      expect(rocCurve(one)).toEqual(rocCurve(other))
      expect(precisionRecallCurve(one)).toEqual(precisionRecallCurve(other))
      expect(reliabilityTable(one)).toEqual(
        reliabilityTable(other).map((bin) => ({ ...bin, probability: expect.closeTo(bin.probability, 12) })),
      )
    }
  })

  test('the order of the samples means nothing', () => {
    const random = new Random('order')
    for (let round = 0; round < 100; round++) {
      const { scores, fake } = randomSamples(random)
      const order = [...random.permutation(scores.length)]
      const shuffled = { scores: order.map((i) => scores[i]!), fake: order.map((i) => fake[i]!) }
      expect(measureAll(shuffled)).toEqual(measureAll({ scores, fake }))
    }
  })
})

describe('laws', () => {
  test('metrics of ranks do not change with the scale of the scores', () => {
    const random = new Random('scale')
    const ranks = (samples: Samples) => {
      const tallied = tally(rankSamples(samples))
      return [areaUnderRoc, averagePrecision, equalErrorRate, (it: typeof tallied) => truePositiveRateAt(it, 0.1)].map(
        (metric) => metric(tallied),
      )
    }
    for (let round = 0; round < 200; round++) {
      const { scores, fake } = randomSamples(random)
      expect(ranks({ scores: scores.map((score) => Math.exp(3 * score) - 50), fake })).toEqual(ranks({ scores, fake }))
    }
  })

  test('with the classes and the scores turned round, AUC and EER are the same', () => {
    const random = new Random('turned')
    for (let round = 0; round < 200; round++) {
      const { scores, fake } = randomSamples(random)
      const turned = { scores: scores.map((score) => 1 - score), fake: fake.map((isFake) => 1 - isFake) }
      const [one, other] = [measureAll({ scores, fake }), measureAll(turned)]
      for (const name of ['auc', 'eer', 'brier', 'logLoss']) {
        expect(one[name]).toEqual(other[name] === null ? null : expect.closeTo(other[name]!, 10))
      }
    }
  })

  test('never NaN, and within 0 to 1 but for the log loss', () => {
    const random = new Random('range')
    for (let round = 0; round < 200; round++) {
      for (const [name, value] of Object.entries(measureAll(randomSamples(random)))) {
        if (value === null) continue
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(name === 'logLoss' ? 37 : 1 + 1e-12)
      }
    }
  })
})

describe('published examples (documentation of scikit-learn)', () => {
  const example = tally(rankSamples({ scores: [0.1, 0.4, 0.35, 0.8], fake: [0, 0, 1, 1] }))

  test('roc_curve, roc_auc_score, det_curve', () => {
    const curve = rocCurve(example)!
    expect(curve.map(({ threshold }) => threshold)).toEqual([Infinity, 0.8, 0.4, 0.35, 0.1])
    expect(curve.map(({ falsePositiveRate }) => falsePositiveRate)).toEqual([0, 0, 0.5, 0.5, 1])
    expect(curve.map(({ truePositiveRate }) => truePositiveRate)).toEqual([0, 0.5, 0.5, 1, 1])
    expect(areaUnderRoc(example)).toBe(0.75)
    // det_curve: (0, 0.5), (0.5, 0.5), (0.5, 0): the errors are equal at 0.5.
    expect(equalErrorRate(example)).toBe(0.5)
  })

  test('precision_recall_curve, average_precision_score', () => {
    const curve = precisionRecallCurve(example)!
    expect(curve.map(({ precision }) => precision)).toEqual([1, 1, 0.5, 2 / 3, 0.5])
    expect(curve.map(({ recall }) => recall)).toEqual([0, 0.5, 0.5, 1, 1])
    expect(averagePrecision(example)).toBeCloseTo(0.83, 2)
  })

  test('brier_score_loss, log_loss, balanced_accuracy_score', () => {
    expect(brierScore(tally(rankSamples({ scores: [0.1, 0.9, 0.8, 0.3], fake: [0, 1, 1, 0] })))).toBeCloseTo(0.0375, 12)
    expect(logLoss(tally(rankSamples({ scores: [0.9, 0.1, 0.2, 0.65], fake: [1, 0, 0, 1] })))).toBeCloseTo(0.21616, 5)
    const decided = tally(rankSamples({ scores: [0, 1, 0, 0, 0, 1], fake: [0, 1, 0, 0, 1, 0] }))
    expect(decisionsAt(decided, 0.5).balancedAccuracy).toBe(0.625)
  })
})

describe('by hand', () => {
  // Descending: F .9, R .8, F .8, F .6, R .4, R .2
  const samples = tally(rankSamples({ scores: [0.9, 0.8, 0.8, 0.6, 0.4, 0.2], fake: [1, 0, 1, 1, 0, 0] }))

  test('a tie of a real and a fake counts half', () => {
    expect(areaUnderRoc(samples)).toBeCloseTo((3 + 2.5 + 2) / 9, 12)
    expect(rocCurve(samples)).toHaveLength(6)
  })

  test('equal errors, between two points', () => {
    // From (1/3, 2/3): there the errors are equal.
    expect(equalErrorRate(samples)).toBeCloseTo(1 / 3, 12)
    // One point between (0, 0) and (1, 1): everything is tied.
    expect(equalErrorRate(tally(rankSamples({ scores: [1, 1, 1], fake: [0, 1, 1] })))).toBe(0.5)
    expect(equalErrorRate(tally(rankSamples({ scores: [0, 1], fake: [0, 1] })))).toBe(0)
    expect(equalErrorRate(tally(rankSamples({ scores: [1, 0], fake: [0, 1] })))).toBe(1)
  })

  test('true positives at few false ones: what a threshold reaches', () => {
    expect(truePositiveRateAt(samples, 0)).toBeCloseTo(1 / 3, 12)
    expect(truePositiveRateAt(samples, 0.33)).toBeCloseTo(1 / 3, 12)
    expect(truePositiveRateAt(samples, 1 / 3)).toBe(1)
    // 0.05 x 60 reals are 3, whatever doubles say.
    const scores = [...Array.from({ length: 60 }, (_, i) => i), 56.5]
    expect(truePositiveRateAt(tally(rankSamples({ scores, fake: scores.map((s) => (s % 1 ? 1 : 0)) })), 0.05)).toBe(1)
  })

  test('calibration', () => {
    // Bins of 1/15: .9 (1 fake of 1), .8 (1 of 2), .6 (1 of 1), .4 (0 of 1), .2 (0 of 1)
    expect(calibrationError(samples)).toBeCloseTo((0.1 + 2 * 0.3 + 0.4 + 0.4 + 0.2) / 6, 12)
    expect(reliabilityTable(samples, 'width', 2)).toEqual([
      { weight: 2, probability: expect.closeTo(0.3, 12), fakes: 0 },
      { weight: 4, probability: expect.closeTo(3.1 / 4, 12), fakes: 0.75 },
    ])
    expect(reliabilityTable(samples, 'mass', 3)).toEqual([
      { weight: 2, probability: expect.closeTo(0.3, 12), fakes: 0 },
      { weight: 1, probability: 0.6, fakes: 1 },
      { weight: 3, probability: expect.closeTo(2.5 / 3, 12), fakes: expect.closeTo(2 / 3, 12) },
    ])
    expect(calibrationError(tally(rankSamples({ scores: [0, 0, 1, 1], fake: [0, 0, 1, 1] })))).toBe(0)
  })

  test('certain and wrong costs much, but not everything', () => {
    expect(logLoss(tally(rankSamples({ scores: [1], fake: [0] })))).toBeCloseTo(36.04, 2)
  })

  test('no sample, one sample, one class: null where nothing can be said', () => {
    const none = measureAll({ scores: [], fake: [] })
    expect(new Set(Object.values(none))).toEqual(new Set([null]))
    for (const fake of [[0], [0, 0]]) {
      const real = measureAll({ scores: [0.2, 0.4].slice(0, fake.length), fake })
      expect(real).toMatchObject({ auc: null, ap: null, eer: null, balancedAccuracy: null, tprAtFpr1: null })
      expect(real).toMatchObject({ truePositiveRate: null, accuracy: 1 / fake.length, accuracyAtHalf: 1 })
      expect(real.falsePositiveRate).toBe(fake.length - 1 ? 0.5 : 0)
    }
    expect(rocCurve(tally(rankSamples({ scores: [1], fake: [1] })))).toBeNull()
    expect(precisionRecallCurve(tally(rankSamples({ scores: [1], fake: [1] })))).toBeNull()
  })
})
