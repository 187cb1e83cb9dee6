import type { Frame } from '../video/frame.ts'
import type { Region } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'

/** The face is measured at this size, so that a small one, which is enlarged, counts as blurred. */
const side = 112

/** Share of the contrast that the Laplacian has in a face that is half sharp. */
const half = 0.05

/**
 * How sharp a face is, 0 (blurred away) to 1: r / (r + 0.05), where r is the variance of the Laplacian of its luma over
 * the variance of the luma itself, which makes up for light and contrast. Noise counts as sharpness.
 */
export function sharpnessOf(frame: Frame, box: Region): number {
  const { data } = crop(frame, box, { width: side, height: side })
  const luma = Float64Array.from({ length: side * side }, (_, i) => lumaAt(data, 3 * i))
  const edges: number[] = []
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x
      edges.push(luma[i - 1]! + luma[i + 1]! + luma[i - side]! + luma[i + side]! - 4 * luma[i]!)
    }
  }
  const ratio = variance(edges) / (variance(luma) + 1)
  return ratio / (ratio + half)
}

function lumaAt(pixels: Uint8Array, at: number): number {
  return 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!
}

function variance(values: ArrayLike<number>): number {
  let sum = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!
    squares += values[i]! ** 2
  }
  return squares / values.length - (sum / values.length) ** 2
}
