/** Weights are whole multiples of 1/65536: sums of 8-bit samples weighted on two axes are then exact, in any order. */
const unit = 65536

/**
 * How the samples along one axis of a plane become another number of samples: by the triangle filter, which is linear
 * interpolation where the picture grows and where it shrinks spreads with the scale, so that nothing aliases (as in PIL,
 * and with `antialias` in torchvision). Beyond the ends of the plane its first and last samples repeat.
 *
 * Keeps its buffers from one `prepare` to the next.
 */
export class Axis {
  /** Samples of the result. */
  count = 0
  /** Of each: the first sample that it is made of. */
  first = new Int32Array(0)
  /** Of each: from how many samples it is made. */
  taps = new Int32Array(0)
  /** Room for the weights of each: 2, 4, or a multiple of 8; those left over are 0. */
  room = 2
  /** Those of each sum to 1. */
  weights = new Float64Array(0)
  #start = 0
  #scale = 0
  #size = 0

  /**
   * @param start where the result begins; sample j lies at j + 1/2
   * @param scale samples for each sample of the result, above 0
   * @param count samples of the result, at least 1
   * @param size samples there are, at least 1
   */
  prepare(start: number, scale: number, count: number, size: number): this {
    // the same part of each frame is common: a whole picture
    if (start === this.#start && scale === this.#scale && count === this.count && size === this.#size) return this
    this.#start = start
    this.#scale = scale
    this.#size = size
    const reach = Math.max(scale, 1)
    this.#reserve(count, Math.min(Math.ceil(2 * reach), size))
    for (let i = 0; i < count; i++) this.#setTriangle(i, start + (i + 0.5) * scale, reach)
    return this
  }

  /** The samples used: from `low` to before `high`. */
  get low(): number {
    return this.first[0]!
  }

  get high(): number {
    return this.first[this.count - 1]! + this.taps[this.count - 1]!
  }

  #reserve(count: number, taps: number): void {
    this.room = taps <= 2 ? 2 : taps <= 4 ? 4 : 8 * Math.ceil(taps / 8)
    this.count = count
    if (this.first.length < count) {
      this.first = new Int32Array(count)
      this.taps = new Int32Array(count)
    }
    if (this.weights.length < count * this.room) this.weights = new Float64Array(count * this.room)
    else this.weights.fill(0, 0, count * this.room)
  }

  #setTriangle(i: number, centre: number, reach: number): void {
    const { weights } = this
    const last = this.#size - 1
    const from = Math.floor(centre - reach + 0.5)
    const to = Math.ceil(centre + reach - 0.5) - 1
    const first = Math.min(Math.max(from, 0), last)
    const taps = Math.min(Math.max(to, 0), last) - first + 1
    this.first[i] = first
    this.taps[i] = taps
    const begin = i * this.room
    let sum = 0
    for (let j = from; j <= to; j++) {
      const weight = reach - Math.abs(j + 0.5 - centre)
      sum += weight
      weights[begin + Math.min(Math.max(j, 0), last) - first]! += weight
    }
    let rest = unit
    let largest = begin
    for (let k = begin; k < begin + taps; k++) {
      const units = Math.round((weights[k]! / sum) * unit)
      rest -= units
      weights[k] = units / unit
      if (weights[k]! > weights[largest]!) largest = k
    }
    weights[largest]! += rest / unit
  }
}
