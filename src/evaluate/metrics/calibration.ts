import type { Tally } from './samples.ts'

/** How probabilities are put together: bins of equal width, or bins of (nearly) equally many samples. */
export type Binning = 'width' | 'mass'

/** The samples of one bin. */
export interface ReliabilityBin {
  /** Weight of the samples, > 0. */
  readonly weight: number
  /** Mean probability of fake, 0 to 1. */
  readonly probability: number
  /** Share of fakes, 0 to 1. */
  readonly fakes: number
}

/** The bins that are not empty, by rising probability. Samples of the same probability share a bin. */
export function reliabilityTable(samples: Tally, binning: Binning = 'width', bins = 15): ReliabilityBin[] {
  const { weights, probabilities, fakes } = collect(samples, binning, bins)
  const table: ReliabilityBin[] = []
  for (const [i, weight] of weights.entries()) {
    if (weight > 0) table.push({ weight, probability: probabilities[i]! / weight, fakes: fakes[i]! / weight })
  }
  return table
}

/**
 * Expected calibration error (Naeini et al. 2015; Guo et al. 2017), of the probability of fake: mean distance of each bin's
 * mean probability from its share of fakes. Null without samples. Few samples make it larger, even of a perfect model.
 */
export function calibrationError(samples: Tally, binning: Binning = 'width', bins = 15): number | null {
  const total = samples.real + samples.fake
  if (total === 0) return null
  const { probabilities, fakes } = collect(samples, binning, bins)
  let sum = 0
  for (let i = 0; i < bins; i++) sum += Math.abs(probabilities[i]! - fakes[i]!)
  return sum / total
}

/** Sums of each bin. */
function collect({ scores, weights, real, fake }: Tally, binning: Binning, bins: number) {
  const sums = {
    weights: new Float64Array(bins),
    probabilities: new Float64Array(bins),
    fakes: new Float64Array(bins),
  }
  let below = real + fake
  for (let i = 0; i < scores.length; i++) {
    const weight = weights[2 * i]! + weights[2 * i + 1]!
    below -= weight
    const place = binning === 'width' ? bins * scores[i]! : (bins * (below + weight / 2)) / (real + fake)
    const bin = Math.min(Math.floor(place), bins - 1)
    sums.weights[bin]! += weight
    sums.probabilities[bin]! += weight * scores[i]!
    sums.fakes[bin]! += weights[2 * i + 1]!
  }
  return sums
}
