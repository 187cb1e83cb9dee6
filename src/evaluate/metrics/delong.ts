import { normalQuantile975, twoSidedProbability } from './normal.ts'

/** An area under the ROC curve with its standard error; nulls where undefined. */
export interface DeLongArea {
  readonly area: number
  /** Null with fewer than two samples of a class. */
  readonly standardError: number | null
  /** 95 % interval, within 0 to 1. */
  readonly low: number | null
  readonly high: number | null
}

/** Two models over the same samples; null where undefined. */
export interface DeLongComparison {
  readonly first: DeLongArea
  readonly second: DeLongArea
  /** Second minus first. */
  readonly difference: number
  /** Of the difference. */
  readonly standardError: number | null
  readonly z: number | null
  /** Probability of a difference at least as large if both areas were equal, two-sided. */
  readonly p: number | null
}

/**
 * Structural components (DeLong et al. 1988) by midranks (Sun & Xu 2014), O(n log n). With m fakes x and n reals y:
 *   V10(i) = (share of reals below x_i, ties half) = (Tz(x_i) - Tx(x_i)) / n
 *   V01(j) = (share of fakes above y_j, ties half) = 1 - (Tz(y_j) - Ty(y_j)) / m
 * where Tz are midranks among all samples, Tx among the fakes, Ty among the reals. AUC = mean V10 = mean V01.
 */
interface Components {
  readonly ofFakes: Float64Array
  readonly ofReals: Float64Array
  readonly area: number
}

/** Area under one ROC curve by DeLong's method. Null with one class only. Samples must be independent: videos, not clips. */
export function deLongArea(scores: ArrayLike<number>, fake: ArrayLike<number>): DeLongArea | null {
  const components = structuralComponents(scores, fake)
  return components && areaOf(components)
}

/** DeLong's test for the areas of two models over the same independent samples. Null with one class only. */
export function deLongTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  fake: ArrayLike<number>,
): DeLongComparison | null {
  const [one, other] = [structuralComponents(first, fake), structuralComponents(second, fake)]
  if (!one || !other) return null
  const difference = other.area - one.area
  // var(AUC2 - AUC1) = S11 + S22 - 2 S12 is the variance of the components' differences, in which less cancels.
  const error = standardError({
    ofFakes: other.ofFakes.map((value, i) => value - one.ofFakes[i]!),
    ofReals: other.ofReals.map((value, i) => value - one.ofReals[i]!),
  })
  const z = error === null ? null : ratio(difference, error)
  return {
    first: areaOf(one),
    second: areaOf(other),
    difference,
    standardError: error,
    z,
    p: z === null ? null : twoSidedProbability(z),
  }
}

/** No difference at all is no evidence; one without any spread cannot be judged. */
function ratio(difference: number, error: number): number | null {
  if (Math.abs(difference) < 1e-12) return 0
  return error < 1e-12 ? null : difference / error
}

function areaOf(components: Components): DeLongArea {
  const { area } = components
  const error = standardError(components)
  if (error === null) return { area, standardError: null, low: null, high: null }
  const reach = normalQuantile975 * error
  return { area, standardError: error, low: Math.max(area - reach, 0), high: Math.min(area + reach, 1) }
}

/** sqrt(S10 / m + S01 / n) */
function standardError({ ofFakes, ofReals }: Omit<Components, 'area'>): number | null {
  if (ofFakes.length < 2 || ofReals.length < 2) return null
  return Math.sqrt(variance(ofFakes) / ofFakes.length + variance(ofReals) / ofReals.length)
}

function variance(values: Float64Array): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function structuralComponents(scores: ArrayLike<number>, fake: ArrayLike<number>): Components | null {
  const all = Float64Array.from(scores)
  const fakes = all.filter((_, i) => fake[i])
  const reals = all.filter((_, i) => !fake[i])
  if (fakes.length === 0 || reals.length === 0) return null
  const amongAll = midranks(all)
  const [amongFakes, amongReals] = [midranks(fakes), midranks(reals)]
  const [fakesAmongAll, realsAmongAll] = [amongAll.filter((_, i) => fake[i]), amongAll.filter((_, i) => !fake[i])]
  const ofFakes = fakesAmongAll.map((rank, i) => (rank - amongFakes[i]!) / reals.length)
  const ofReals = realsAmongAll.map((rank, j) => 1 - (rank - amongReals[j]!) / fakes.length)
  return { ofFakes, ofReals, area: meanOf(ofFakes) }
}

/** The rank of each value from the lowest, from 1; equal values share the mean of their ranks. */
function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((one, other) => values[one]! - values[other]!)
  const ranks = new Float64Array(values.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2
    start = end
  }
  return ranks
}
