import type { Image } from '../../video/image.ts'
import type { Mask } from '../mask/mask.ts'
import type { Bounds } from '../pixels/bounds.ts'
import { sharpen } from '../pixels/detail.ts'

/** Of every so many pixels and rows one counts, where the mask is at least so much. */
const every = 2
const inside = 0.3
/** How much of the match is that of the frame at hand. */
const fresh = 0.15
/** Sharpening by more makes noise of what little there is; by less than none it blurs. */
const [least, most] = [-0.7, 4]

/** Brings the fine detail of what is put into the pictures of a clip towards theirs, as forgers sharpen what is blurred. */
export class SharpnessMatch {
  readonly #share: number | undefined
  #amount: number | undefined

  /** @param share how much of the way: 1 is all of it; undefined: nothing is done */
  constructor(share: number | undefined) {
    this.#share = share
  }

  /** @param inner colours within the bounds, row after row; changed in place */
  apply(inner: Float32Array, { data, width }: Image, mask: Mask, bounds: Bounds): void {
    if (this.#share === undefined) return
    const columns = bounds.right - bounds.left
    const own = detailOf(inner, columns, 0, mask, width, bounds)
    const real = detailOf(data, width, bounds.top * width + bounds.left, mask, width, bounds)
    if (own > 0) {
      const now = Math.min(Math.max(this.#share * (real / own - 1), least), most)
      this.#amount = this.#amount === undefined ? now : this.#amount + fresh * (now - this.#amount)
    }
    if (this.#amount) sharpen(inner, { width: columns, height: bounds.bottom - bounds.top }, this.#amount)
  }
}

/**
 * Root mean square of how green differs from its neighbours.
 * @param stride pixels of a row of the colours
 * @param start number of the pixel at the bounds' corner
 */
function detailOf(
  colours: Float32Array | Uint8Array,
  stride: number,
  start: number,
  { share }: Mask,
  maskWidth: number,
  { left, top, right, bottom }: Bounds,
): number {
  let [sum, count] = [0, 0]
  for (let y = 1; y < bottom - top - 1; y += every) {
    for (let x = 1; x < right - left - 1; x += every) {
      if (share[(top + y) * maskWidth + left + x]! < inside) continue
      const at = 3 * (start + y * stride + x) + 1
      const around = colours[at - 3]! + colours[at + 3]! + colours[at - 3 * stride]! + colours[at + 3 * stride]!
      sum += (colours[at]! - around / 4) ** 2
      count++
    }
  }
  return count > 0 ? Math.sqrt(sum / count) : 0
}
