/** Steps from no evidence to the most in the frame: a power of two, so that comparing with them is exact. */
const steps = 16

/** Thresholds of the evidence, over its largest value in the frame. */
export const thresholds: readonly number[] = Array.from({ length: steps - 1 }, (_, i) => (i + 1) / steps)

/**
 * Intersection over union of what was forged and of where the evidence reaches a threshold, for each of `thresholds`.
 * @param evidence 0 to 1
 * @param forged 1 or 0, at least one of them 1
 */
export function overlaps(evidence: Float32Array, forged: Uint8Array): number[] {
  // How many pixels reach so many of the thresholds, all and forged ones.
  const all = new Float64Array(thresholds.length + 1)
  const within = new Float64Array(thresholds.length + 1)
  for (let i = 0; i < evidence.length; i++) {
    const reached = Math.min(Math.floor(steps * evidence[i]!), thresholds.length)
    all[reached]!++
    within[reached]! += forged[i]!
  }
  const total = within.reduce((sum, count) => sum + count, 0)
  let [marked, right] = [0, 0]
  const result: number[] = []
  for (let reached = thresholds.length; reached > 0; reached--) {
    marked += all[reached]!
    right += within[reached]!
    result.unshift(right / (total + marked - right))
  }
  return result
}
