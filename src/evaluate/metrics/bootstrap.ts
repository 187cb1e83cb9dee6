import type { Random } from '../../tensor/random.ts'

/** A number that was measured, with its 95 % interval; null where undefined. */
export interface Estimate {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** How the bootstrap draws. */
export interface Resampling {
  readonly replicates: number
  readonly random: Random
}

/** A statistic of the samples as they are, and of each replicate. */
export interface Replicated {
  readonly value: number | null
  /** Ascending; null where the statistic has no interval. */
  readonly replicates: Float64Array | null
}

/**
 * Bootstrap of clusters (videos): each replicate draws from each stratum (the reals, the fakes) as many clusters as it has,
 * with replacement, and measures again. A replicate is a weight for each cluster, so nothing is sorted again.
 *
 * For the difference of two models over the same videos `measure` returns differences: both see the same draws.
 * A statistic has no interval when a stratum has one cluster only, or when it is undefined for some replicate.
 *
 * @param strata the clusters of each stratum; together the numbers from 0 on, each once
 * @param measure statistics when the cluster c counts weights[c] times; always as many. Must not keep `weights`.
 */
export function bootstrap(
  strata: readonly (readonly number[])[],
  measure: (weights: Float64Array) => readonly (number | null)[],
  { replicates, random }: Resampling,
): Replicated[] {
  const weights = new Float64Array(strata.reduce((sum, { length }) => sum + length, 0)).fill(1)
  const values = measure(weights)
  if (replicates === 0 || weights.length === 0 || strata.some(({ length }) => length === 1)) {
    return values.map((value) => ({ value, replicates: null }))
  }
  const drawn = values.map(() => new Float64Array(replicates))
  for (let replicate = 0; replicate < replicates; replicate++) {
    weights.fill(0)
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i++) weights[stratum[random.integer(stratum.length)]!]!++
    }
    const measured = measure(weights)
    for (let i = 0; i < drawn.length; i++) drawn[i]![replicate] = measured[i] ?? NaN
  }
  return values.map((value, i) => ({ value, replicates: drawn[i]!.some(Number.isNaN) ? null : drawn[i]!.sort() }))
}

/** The percentile interval (Efron & Tibshirani 1993, chapter 13) of 95 %. */
export function percentileInterval({ value, replicates }: Replicated): Estimate {
  if (value === null || !replicates) return { value, low: null, high: null }
  return { value, low: quantile(replicates, 0.025), high: quantile(replicates, 0.975) }
}

/**
 * The same, moved so that the mean of the replicates lies on the value: for what resampling biases, as the calibration
 * error, which is larger of every replicate because repeated samples are fewer different ones. Not below 0.
 */
export function centredInterval(replicated: Replicated): Estimate {
  const { value, low, high } = percentileInterval(replicated)
  if (value === null || low === null || high === null) return { value, low, high }
  const replicates = replicated.replicates!
  const bias = replicates.reduce((sum, replicate) => sum + replicate, 0) / replicates.length - value
  return { value, low: Math.min(Math.max(low - bias, 0), value), high: Math.max(high - bias, value) }
}

/** @param sorted at least one number, ascending. Interpolated linearly (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below)
}
