import type { OperatingPoints } from '../detect/operating-points.ts'
import { UnmaskError } from '../errors.ts'

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
 * @throws UnmaskError `calibration-failed` where so many real videos have a score of 1, or fakes of 0, that no point keeps to
 *   the allowed errors
 */
export function chooseOperatingPoints(
  { real, fake }: { readonly real: readonly number[]; readonly fake: readonly number[] },
  { falseAlarms, missedFakes }: AllowedErrors,
): OperatingPoints {
  const fakeFrom = above(real, falseAlarms, 1)
  const realUpTo = -above(
    fake.map((probability) => -probability),
    missedFakes,
    0,
  )
  return { fakeFrom: Math.max(fakeFrom, 0.5), realUpTo: Math.min(realUpTo, 0.5) }
}

/**
 * The lowest point that at most a share of the scores reaches, in the middle of the gap where it may lie.
 * @param largest that a score can be; the smallest is one less
 */
function above(scores: readonly number[], share: number, largest: number): number {
  const descending = scores.toSorted((one, other) => other - one)
  const allowed = Math.floor(share * scores.length * (1 + 1e-12)) // 0.05 * 60 is a little less than 3
  const spared = descending[allowed]
  if (spared === undefined) return largest - 1
  if (spared === largest) {
    const [kind, end] = largest === 1 ? ['real', 1] : ['fake', 0]
    throw new UnmaskError('calibration-failed', `more ${kind} videos than may be called wrongly have a score of ${end}`)
  }
  const next = descending.findLast((score) => score > spared) ?? largest
  const middle = (spared + next) / 2
  return middle > spared ? middle : next // between neighbours there is no number
}
