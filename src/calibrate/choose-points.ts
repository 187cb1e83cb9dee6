import type { OperatingPoints } from '../detect/operating-points.ts'

/** How often a verdict may be wrong, as shares of the videos that are chosen on, 0 to 1. */
export interface AllowedErrors {
  /** Of the real videos, called fake. */
  readonly falseAlarms: number
  /** Of the fakes, called real. */
  readonly missedFakes: number
}

/**
 * The widest verdicts that keep to the allowed errors: the lowest `fakeFrom` and the highest `realUpTo`. Each lies in the
 * middle between the last score that is to be spared and the next one. Nothing is called fake that is more likely real,
 * nor the other way round: where classes are so far apart that the points would cross, both are one half.
 * @param real probabilities of real videos, at least one
 * @param fake likewise
 */
export function chooseOperatingPoints(
  { real, fake }: { readonly real: readonly number[]; readonly fake: readonly number[] },
  { falseAlarms, missedFakes }: AllowedErrors,
): OperatingPoints {
  const fakeFrom = above(real, falseAlarms)
  const realUpTo =
    1 -
    above(
      fake.map((probability) => 1 - probability),
      missedFakes,
    )
  return { fakeFrom: Math.max(fakeFrom, 0.5), realUpTo: Math.min(realUpTo, 0.5) }
}

/** The lowest point that at most a share of the scores reaches, in the middle of the gap where it may lie. */
function above(scores: readonly number[], share: number): number {
  const descending = scores.toSorted((one, other) => other - one)
  const allowed = Math.floor(share * scores.length * (1 + 1e-12)) // 0.05 * 60 is a little less than 3
  const spared = descending[allowed]
  if (spared === undefined) return 0
  return (spared + (descending.findLast((score) => score > spared) ?? 1)) / 2
}
