import type { Size } from '../../video/image.ts'
import { resample } from './resample.ts'

let small = new Float32Array(0)
let large = new Float32Array(0)

/** Made smaller by a factor and larger again: what is finer than that is lost. In place. */
export function soften(colours: Float32Array, size: Size, factor: number): void {
  const coarse = {
    width: Math.max(Math.round(size.width / factor), 1),
    height: Math.max(Math.round(size.height / factor), 1),
  }
  if (coarse.width === size.width && coarse.height === size.height) return
  const room = 3 * coarse.width * coarse.height
  if (small.length < room) small = new Float32Array(room)
  resample(colours, size, coarse, small)
  resample(small, coarse, size, colours)
}

/** Adds the difference to a copy blurred by 1 2 1 on both axes, times an amount. In place. */
export function sharpen(colours: Float32Array, { width, height }: Size, amount: number): void {
  const stride = 3 * width
  const room = stride * height
  if (large.length < room) large = new Float32Array(room)
  for (let y = 0; y < height; y++) {
    const here = y * stride
    const above = Math.max(y - 1, 0) * stride
    const below = Math.min(y + 1, height - 1) * stride
    for (let i = 0; i < stride; i++) {
      large[here + i] = (colours[above + i]! + 2 * colours[here + i]! + colours[below + i]!) / 4
    }
  }
  for (let y = 0, at = 0; y < height; y++) {
    for (let i = 0; i < stride; i++, at++) {
      const left = i < 3 ? at : at - 3
      const right = i < stride - 3 ? at + 3 : at
      const blurred = (large[left]! + 2 * large[at]! + large[right]!) / 4
      colours[at]! += amount * (colours[at]! - blurred)
    }
  }
}

/** Adds a share of the fine detail of other colours: of what `soften` by the factor would take from them. */
export function addDetail(
  colours: Float32Array,
  of: Float32Array,
  size: Size,
  { factor, share }: { readonly factor: number; readonly share: number },
): void {
  const count = 3 * size.width * size.height
  if (large.length < count) large = new Float32Array(count)
  const coarse = large.subarray(0, count)
  coarse.set(of.subarray(0, count))
  soften(coarse, size, factor)
  for (let i = 0; i < count; i++) colours[i]! += share * (of[i]! - coarse[i]!)
}
