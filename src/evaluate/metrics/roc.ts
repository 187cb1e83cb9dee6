import type { Tally } from './samples.ts'

/** One point of a ROC curve: what is called fake from this score on. */
export interface RocPoint {
  readonly threshold: number
  /** Share of the reals that are called fake, 0 to 1. */
  readonly falsePositiveRate: number
  /** Share of the fakes that are called fake, 0 to 1. */
  readonly truePositiveRate: number
}

/** From (0, 0), where the threshold is Infinity, to (1, 1); a point for each distinct score. Null with one class only. */
export function rocCurve(samples: Tally): RocPoint[] | null {
  const { scores, weights, real, fake } = samples
  if (real === 0 || fake === 0) return null
  const points = [{ threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 }]
  let [falsePositives, truePositives] = [0, 0]
  for (const [i, threshold] of scores.entries()) {
    const [reals, fakes] = [weights[2 * i]!, weights[2 * i + 1]!]
    if (reals === 0 && fakes === 0) continue
    falsePositives += reals
    truePositives += fakes
    points.push({ threshold, falsePositiveRate: falsePositives / real, truePositiveRate: truePositives / fake })
  }
  return points
}

/**
 * Area under the ROC curve by trapezoids, which is the Mann-Whitney statistic: the probability that a random fake scores
 * higher than a random real, ties counting half. Null with one class only.
 */
export function areaUnderRoc({ weights, real, fake }: Tally): number | null {
  if (real === 0 || fake === 0) return null
  let [truePositives, pairs] = [0, 0]
  for (let i = 0; i < weights.length; i += 2) {
    pairs += weights[i]! * (truePositives + weights[i + 1]! / 2)
    truePositives += weights[i + 1]!
  }
  return pairs / (real * fake)
}

/**
 * Where the false positive rate equals the false negative rate, interpolated linearly between the points of the ROC curve.
 * Null with one class only.
 */
export function equalErrorRate({ weights, real, fake }: Tally): number | null {
  if (real === 0 || fake === 0) return null
  let [falsePositiveRate, truePositiveRate] = [0, 0]
  for (let i = 0; i < weights.length; i += 2) {
    const [across, up] = [weights[i]! / real, weights[i + 1]! / fake]
    // The rates are equal where FPR + TPR = 1; the sum only rises along the curve.
    const missing = 1 - falsePositiveRate - truePositiveRate
    if (across + up > 0 && across + up >= missing) return falsePositiveRate + (across * missing) / (across + up)
    falsePositiveRate += across
    truePositiveRate += up
  }
  return falsePositiveRate // rounding kept the sum from reaching 1
}

/**
 * The highest true positive rate at a threshold whose false positive rate is at most `limit`. Not interpolated: a rate that
 * some threshold reaches, as ISO/IEC 19795-1 wants it. With fewer than 1 / limit reals that means no false positive at all.
 * Null with one class only.
 */
export function truePositiveRateAt({ weights, real, fake }: Tally, limit: number): number | null {
  if (real === 0 || fake === 0) return null
  const allowed = limit * real * (1 + 1e-12) // 0.05 * 60 is a little less than 3
  let [falsePositives, truePositives] = [0, 0]
  for (let i = 0; i < weights.length; i += 2) {
    falsePositives += weights[i]!
    if (falsePositives > allowed) break
    truePositives += weights[i + 1]!
  }
  return truePositives / fake
}
