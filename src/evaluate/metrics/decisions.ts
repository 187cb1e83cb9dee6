import type { Tally } from './samples.ts'

/** How often the decision "fake from this score on" is right; null where there is nothing to decide on. */
export interface Decisions {
  readonly accuracy: number | null
  /** Mean of the shares of reals and of fakes that are decided rightly; null with one class only. */
  readonly balancedAccuracy: number | null
  /** Share of the fakes called fake. */
  readonly truePositiveRate: number | null
  /** Share of the reals called fake. */
  readonly falsePositiveRate: number | null
}

/** @param threshold the lowest score that is called fake */
export function decisionsAt({ scores, weights, real, fake }: Tally, threshold: number): Decisions {
  let [falsePositives, truePositives] = [0, 0]
  for (let i = 0; i < scores.length && scores[i]! >= threshold; i++) {
    falsePositives += weights[2 * i]!
    truePositives += weights[2 * i + 1]!
  }
  const truePositiveRate = fake > 0 ? truePositives / fake : null
  const falsePositiveRate = real > 0 ? falsePositives / real : null
  return {
    accuracy: real + fake > 0 ? (truePositives + real - falsePositives) / (real + fake) : null,
    balancedAccuracy:
      truePositiveRate === null || falsePositiveRate === null ? null : (truePositiveRate + 1 - falsePositiveRate) / 2,
    truePositiveRate,
    falsePositiveRate,
  }
}
