import { calibrationError } from './calibration.ts'
import { decisionsAt } from './decisions.ts'
import { averagePrecision } from './precision-recall.ts'
import { brierScore, logLoss } from './proper-scores.ts'
import { areaUnderRoc, equalErrorRate, truePositiveRateAt } from './roc.ts'
import type { Tally } from './samples.ts'

/** One metric: how it is measured and told. */
export interface Metric {
  readonly title: string
  /** What it says, in plain words. */
  readonly meaning: string
  readonly better: 'higher' | 'lower'
  /** Whether it is a share, which is told in percent. */
  readonly percent?: true
  /** Whether resampling makes it larger, so that its interval has to be centred. */
  readonly biased?: true
  /** Null where undefined. @param threshold the lowest probability that the model calls fake */
  readonly measure: (samples: Tally, threshold: number) => number | null
}

/** Every metric of an evaluation, by its name in the JSON. */
const table = {
  auc: {
    title: 'AUC',
    meaning: 'How often a fake scores higher than a real. 0.5 is guessing, 1 is perfect. Needs no threshold.',
    better: 'higher',
    measure: areaUnderRoc,
  },
  ap: {
    title: 'Average precision',
    meaning:
      'Precision averaged over all recalls. Guessing gives the share of fakes, so compare on the same videos only.',
    better: 'higher',
    measure: averagePrecision,
  },
  eer: {
    title: 'Equal error rate',
    meaning: 'The error rate at the threshold where reals and fakes are mistaken equally often.',
    better: 'lower',
    percent: true,
    measure: equalErrorRate,
  },
  accuracy: {
    title: 'Accuracy',
    meaning: 'Share of right decisions at the threshold of the model.',
    better: 'higher',
    percent: true,
    measure: (samples, threshold) => decisionsAt(samples, threshold).accuracy,
  },
  accuracyAtHalf: {
    title: 'Accuracy at 0.5',
    meaning: 'Share of right decisions at a threshold of 0.5, as papers often give it.',
    better: 'higher',
    percent: true,
    measure: (samples) => decisionsAt(samples, 0.5).accuracy,
  },
  balancedAccuracy: {
    title: 'Balanced accuracy',
    meaning: 'Accuracy at the threshold of the model with reals and fakes counting equally. 50 % is guessing.',
    better: 'higher',
    percent: true,
    measure: (samples, threshold) => decisionsAt(samples, threshold).balancedAccuracy,
  },
  truePositiveRate: {
    title: 'Fakes found',
    meaning: 'Share of the fakes that are called fake at the threshold of the model.',
    better: 'higher',
    percent: true,
    measure: (samples, threshold) => decisionsAt(samples, threshold).truePositiveRate,
  },
  falsePositiveRate: {
    title: 'False alarms',
    meaning: 'Share of the reals that are called fake at the threshold of the model.',
    better: 'lower',
    percent: true,
    measure: (samples, threshold) => decisionsAt(samples, threshold).falsePositiveRate,
  },
  tprAtFpr1: {
    title: 'Fakes found at 1 % false alarms',
    meaning: 'Share of the fakes found at a threshold that calls at most 1 % of the reals fake.',
    better: 'higher',
    percent: true,
    measure: (samples) => truePositiveRateAt(samples, 0.01),
  },
  tprAtFpr5: {
    title: 'Fakes found at 5 % false alarms',
    meaning: 'Share of the fakes found at a threshold that calls at most 5 % of the reals fake.',
    better: 'higher',
    percent: true,
    measure: (samples) => truePositiveRateAt(samples, 0.05),
  },
  brier: {
    title: 'Brier score',
    meaning: 'Mean squared error of the probability. Always saying 0.5 gives 0.25.',
    better: 'lower',
    measure: brierScore,
  },
  logLoss: {
    title: 'Log loss',
    meaning: 'Mean surprise at the truth. Always saying 0.5 gives 0.693; certainty that is wrong costs much.',
    better: 'lower',
    measure: logLoss,
  },
  calibrationError: {
    title: 'Calibration error',
    meaning: 'How far probabilities are from how often they come true, on average over 15 bins of equal width.',
    better: 'lower',
    biased: true,
    measure: (samples) => calibrationError(samples, 'width'),
  },
  calibrationErrorByMass: {
    title: 'Calibration error, adaptive',
    meaning: 'The same over 15 bins that hold equally many samples.',
    better: 'lower',
    biased: true,
    measure: (samples) => calibrationError(samples, 'mass'),
  },
} as const satisfies Record<string, Metric>

/** A key of the table. */
export type MetricName = keyof typeof table

export const metrics: Readonly<Record<MetricName, Metric>> = table

export const metricNames = Object.keys(table) as readonly MetricName[]
