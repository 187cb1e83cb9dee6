import type { Moment } from '../detect/result.ts'
import { total } from './evidence.ts'

/** Moments of a face at most. */
const most = 3

/** Seconds between two of them at least: neighbouring frames show the same. */
const apart = 1

/** The moments with the most evidence, at most three, at least a second apart, in the order of time. */
export function strongestMoments<T extends Pick<Moment, 'seconds' | 'heat'>>(moments: readonly T[]): T[] {
  const byEvidence = moments
    .filter(({ heat }) => total(heat.data) > 0)
    .toSorted((one, other) => total(other.heat.data) - total(one.heat.data) || one.seconds - other.seconds)
  const chosen: T[] = []
  for (const moment of byEvidence) {
    if (chosen.length === most) break
    if (chosen.every(({ seconds }) => Math.abs(seconds - moment.seconds) >= apart)) chosen.push(moment)
  }
  return chosen.toSorted((one, other) => one.seconds - other.seconds)
}
