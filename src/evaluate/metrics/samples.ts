/** Scores with the truth about them. */
export interface Samples {
  /** The higher, the more likely fake; finite numbers. */
  readonly scores: ArrayLike<number>
  /** 1 for fake, 0 for real. */
  readonly fake: ArrayLike<number>
  /**
   * The cluster that each sample belongs to, e.g. the number of the video that a clip was cut from; weights are given to
   * clusters. By default each sample is its own.
   */
  readonly clusters?: ArrayLike<number>
}

/** Samples sorted once: what does not change when they get other weights. */
export interface RankedSamples {
  /** The distinct scores, descending. */
  readonly scores: Float64Array
  /** Of each sample in descending order: 2 x the place of its score in `scores`, + 1 if it is fake. */
  readonly cells: Uint32Array
  /** Of each sample in descending order: its cluster. */
  readonly clusters: Uint32Array
}

/**
 * How many real and fake samples there are of each score: all that the metrics need to know. Samples of one score are one
 * entry, so that no metric depends on the order of ties.
 */
export interface Tally {
  /** The distinct scores, descending. */
  readonly scores: Float64Array
  /** 2 x scores: the weight of the real and of the fake samples of each score; both may be 0. */
  readonly weights: Float64Array
  /** Weight of all real samples, of all fake ones. */
  readonly real: number
  readonly fake: number
}

export function rankSamples({ scores, fake, clusters }: Samples): RankedSamples {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i)
  order.sort((one, other) => scores[other]! - scores[one]!)
  const distinct: number[] = []
  const cells = new Uint32Array(order.length)
  for (const [rank, i] of order.entries()) {
    if (scores[i] !== distinct.at(-1)) distinct.push(scores[i]!)
    cells[rank] = 2 * (distinct.length - 1) + (fake[i] ? 1 : 0)
  }
  return { scores: Float64Array.from(distinct), cells, clusters: clusters ? order.map((i) => clusters[i]!) : order }
}

/** @param weights of each cluster, >= 0 (2: as if all of its samples were there twice); by default 1 */
export function tally({ scores, cells, clusters }: RankedSamples, weights?: ArrayLike<number>): Tally {
  const sums = new Float64Array(2 * scores.length)
  for (let i = 0; i < cells.length; i++) sums[cells[i]!]! += weights ? weights[clusters[i]!]! : 1
  let [real, fake] = [0, 0]
  for (let i = 0; i < sums.length; i += 2) {
    real += sums[i]!
    fake += sums[i + 1]!
  }
  return { scores, weights: sums, real, fake }
}
