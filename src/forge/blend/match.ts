import type { Image } from '../../video/image.ts'
import type { Mask } from '../mask/mask.ts'
import type { Bounds } from '../pixels/bounds.ts'
import { applyMatrix } from '../pixels/colour-matrix.ts'
import type { Matching } from '../plan/plan.ts'

/** Of every so many pixels and rows one counts. */
const every = 2
/** Where the mask is at least so much, colours count. */
const inside = 0.3
/** How much of the match is that of the frame at hand, the rest being that of those before: colours must not tremble. */
const fresh = 0.15
/** Contrast is changed by these factors at most: hair under the mask must not make skin garish. */
const [flattest, steepest] = [0.6, 1.5]

/**
 * Brings the colours of what is put into the pictures of a clip to theirs. What it has learnt of a frame it keeps for
 * the next ones.
 */
export class ColourMatch {
  readonly #matching: Matching
  /** Of red, green and blue each: what its levels become, as factor and addition or as a table. */
  #moments: Float64Array | undefined
  #tables: Float64Array | undefined

  constructor(matching: Matching) {
    this.#matching = matching
  }

  /** @param inner colours within the bounds, row after row; changed in place */
  apply(inner: Float32Array, real: Image, mask: Mask, bounds: Bounds): void {
    if (this.#matching === 'none') return
    const pixels = pixelsInside(mask, bounds, real.width)
    if (this.#matching === 'moments') {
      if (pixels.length > 0) this.#moments = mixed(this.#moments, momentMatch(inner, real, pixels))
      if (this.#moments) applyMatrix(this.#moments, inner, inner.length / 3)
    } else {
      if (pixels.length > 0) this.#tables = mixed(this.#tables, histogramMatch(inner, real, pixels))
      if (this.#tables) lookUp(inner, this.#tables)
    }
  }
}

/** Numbers of pixels within the bounds and in the picture, by turns. */
function pixelsInside({ share }: Mask, { left, top, right, bottom }: Bounds, width: number): number[] {
  const result: number[] = []
  for (let y = top; y < bottom; y += every) {
    for (let x = left; x < right; x += every) {
      if (share[y * width + x]! >= inside) result.push((y - top) * (right - left) + x - left, y * width + x)
    }
  }
  return result
}

function mixed(before: Float64Array | undefined, now: Float64Array): Float64Array {
  return before ? now.map((value, i) => before[i]! + fresh * (value - before[i]!)) : now
}

/** A colour matrix that gives each channel the mean and deviation it has in the picture. */
function momentMatch(inner: Float32Array, { data }: Image, pixels: readonly number[]): Float64Array {
  const matrix = new Float64Array(12)
  const count = pixels.length / 2
  for (let channel = 0; channel < 3; channel++) {
    let [from, fromSquare, to, toSquare] = [0, 0, 0, 0]
    for (let i = 0; i < pixels.length; i += 2) {
      const a = inner[3 * pixels[i]! + channel]!
      const b = data[3 * pixels[i + 1]! + channel]!
      from += a / count
      fromSquare += (a * a) / count
      to += b / count
      toSquare += (b * b) / count
    }
    const spread = Math.sqrt(Math.max(fromSquare - from * from, 1))
    const factor = Math.min(Math.max(Math.sqrt(Math.max(toSquare - to * to, 1)) / spread, flattest), steepest)
    matrix[5 * channel] = factor
    matrix[4 * channel + 3] = to - factor * from
  }
  return matrix
}

/** Shares of the pixels whose levels are brought onto each other; what is beyond, often hair, follows. */
const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95] as const

/** Tables of 256 levels for each channel: quantiles become those of the picture, between them it is linear. */
function histogramMatch(inner: Float32Array, { data }: Image, pixels: readonly number[]): Float64Array {
  const tables = new Float64Array(3 * 256)
  for (let channel = 0; channel < 3; channel++) {
    const from = new Float64Array(256)
    const to = new Float64Array(256)
    for (let i = 0; i < pixels.length; i += 2) {
      from[level(inner[3 * pixels[i]! + channel]!)]! += 1
      to[data[3 * pixels[i + 1]! + channel]!]! += 1
    }
    const count = pixels.length / 2
    tables.set(table(quantilesOf(from, count), quantilesOf(to, count)), 256 * channel)
  }
  return tables
}

function quantilesOf(histogram: Float64Array, count: number): number[] {
  let [value, below] = [0, histogram[0]!]
  return quantiles.map((share) => {
    while (value < 255 && below < share * count) below += histogram[++value]!
    return value
  })
}

/** From the median outwards, no steeper and no flatter than what light does. */
function table(from: readonly number[], to: readonly number[]): Float64Array {
  const middle = quantiles.indexOf(0.5)
  const steepness = (a: number, b: number) => {
    return Math.min(Math.max((to[b]! - to[a]!) / Math.max(from[b]! - from[a]!, 1), flattest), steepest)
  }
  const slopes = quantiles.slice(1).map((_, i) => steepness(i, i + 1))
  return Float64Array.from({ length: 256 }, (_, value) => {
    let result = to[middle]!
    if (value >= from[middle]!) {
      for (let i = middle; i < slopes.length; i++) {
        const end = i === slopes.length - 1 ? Number.POSITIVE_INFINITY : from[i + 1]!
        result += slopes[i]! * Math.max(Math.min(value, end) - from[i]!, 0)
      }
    } else {
      for (let i = middle; i > 0; i--) {
        const end = i === 1 ? Number.NEGATIVE_INFINITY : from[i - 1]!
        result -= slopes[i - 1]! * Math.max(from[i]! - Math.max(value, end), 0)
      }
    }
    return result
  })
}

function level(value: number): number {
  return Math.min(Math.max(Math.round(value), 0), 255)
}

/** Between two levels of a table it is linear. */
function lookUp(inner: Float32Array, tables: Float64Array): void {
  for (let i = 0; i < inner.length; i++) {
    const value = Math.min(Math.max(inner[i]!, 0), 254.999)
    const at = 256 * (i % 3) + (value | 0)
    inner[i] = tables[at]! + (value - (value | 0)) * (tables[at + 1]! - tables[at]!)
  }
}
