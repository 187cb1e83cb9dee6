import type { Image } from '../../video/image.ts'
import type { Mask } from '../mask/mask.ts'
import type { Bounds } from '../pixels/bounds.ts'

/** What of a picture is replaced by what. */
export interface Blended {
  readonly fake: Image
  /** How much of each pixel was replaced, 0 to 255: [height, width]. */
  readonly mask: Uint8Array<ArrayBuffer>
}

/** A picture of which nothing is replaced. */
export function untouched({ width, height, data }: Image): Blended {
  return { fake: { width, height, data: data.slice() }, mask: new Uint8Array(width * height) }
}

/**
 * Puts colours into a picture, as far as the mask says.
 * @param inner colours within the bounds, row after row
 * @param strength factor of the mask
 */
export function blend(real: Image, inner: Float32Array, { share }: Mask, bounds: Bounds, strength: number): Blended {
  const result = untouched(real)
  const { width } = real
  const into = new Uint8ClampedArray(result.fake.data.buffer)
  let from = 0
  for (let y = bounds.top; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++, from += 3) {
      const pixel = y * width + x
      const part = share[pixel]! * strength
      if (part === 0) continue
      result.mask[pixel] = Math.round(255 * part)
      const at = 3 * pixel
      const red = into[at]!
      const green = into[at + 1]!
      const blue = into[at + 2]!
      into[at] = red + part * (inner[from]! - red)
      into[at + 1] = green + part * (inner[from + 1]! - green)
      into[at + 2] = blue + part * (inner[from + 2]! - blue)
    }
  }
  return result
}
