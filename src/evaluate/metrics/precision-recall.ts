import type { Tally } from './samples.ts'

/** One point of a precision-recall curve: what is called fake from this score on. */
export interface PrecisionRecallPoint {
  readonly threshold: number
  /** Share of what is called fake that is fake, 0 to 1. */
  readonly precision: number
  /** Share of the fakes that are called fake, 0 to 1. */
  readonly recall: number
}

/** A point for each distinct score, by rising recall, from (recall 0, precision 1) on. Null with one class only. */
export function precisionRecallCurve({ scores, weights, real, fake }: Tally): PrecisionRecallPoint[] | null {
  if (real === 0 || fake === 0) return null
  const points = [{ threshold: Infinity, precision: 1, recall: 0 }]
  let [falsePositives, truePositives] = [0, 0]
  for (const [i, threshold] of scores.entries()) {
    const [reals, fakes] = [weights[2 * i]!, weights[2 * i + 1]!]
    if (reals === 0 && fakes === 0) continue
    falsePositives += reals
    truePositives += fakes
    points.push({
      threshold,
      precision: truePositives / (truePositives + falsePositives),
      recall: truePositives / fake,
    })
  }
  return points
}

/**
 * Average precision: the mean of the precisions at each threshold, weighted by how much the recall grows there. Steps, not
 * trapezoids, which would flatter (Davis & Goadrich 2006). Depends on how many fakes there are to a real. Null with one
 * class only.
 */
export function averagePrecision({ weights, real, fake }: Tally): number | null {
  if (real === 0 || fake === 0) return null
  let [falsePositives, truePositives, sum] = [0, 0, 0]
  for (let i = 0; i < weights.length; i += 2) {
    falsePositives += weights[i]!
    truePositives += weights[i + 1]!
    if (weights[i + 1]! > 0) sum += (weights[i + 1]! * truePositives) / (truePositives + falsePositives)
  }
  return sum / fake
}
