import { rgbColour } from '../../video/colour.ts'
import { type Frame, frameBytes } from '../../video/frame.ts'
import type { Image, Size } from '../../video/image.ts'
import { planesOfImage } from '../../video/planes-of-image.ts'
import { crop } from '../../video/sample/crop.ts'
import { forward, inverse, side } from './block.ts'
import { type JpegTables, jpegTables } from './jpeg-tables.ts'

/**
 * What JPEG leaves of a picture: colours halved on both axes, cosine transform, quantisation, and back. Entropy coding
 * loses nothing and is left out. The same bits in every engine.
 * @param quality 1 to 100, as libjpeg counts
 */
export function jpegLoss(image: Image, quality: number): Image {
  const { width, height } = image
  const data = jpegLossOfPlanes(planesOfImage(image, rgbColour), image, jpegTables(quality))
  const upright = { rotation: 0, flip: false, pixelAspect: 1, seconds: 0, index: undefined } as const
  const frame: Frame = { width, height, colour: rgbColour, ...upright, data }
  return crop(frame, { x: 0, y: 0, width, height }, { width, height })
}

/** The same of the planes of a picture, as `Frame.data` has them. */
export function jpegLossOfPlanes(
  data: Uint8Array<ArrayBuffer>,
  { width, height }: Size,
  { luma, chroma }: JpegTables,
): Uint8Array<ArrayBuffer> {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }
  const result = new Uint8Array(frameBytes(width, height))
  const pixels = new Uint8ClampedArray(result.buffer)
  const [first, second] = [width * height, width * height + half.width * half.height]
  lose(data.subarray(0, first), pixels.subarray(0, first), { width, height }, luma)
  lose(data.subarray(first, second), pixels.subarray(first, second), half, chroma)
  lose(data.subarray(second), pixels.subarray(second), half, chroma)
  return result
}

const block = new Float64Array(side * side)

/** Block after block; beyond the plane its edge repeats. */
function lose(from: Uint8Array, into: Uint8ClampedArray, { width, height }: Size, table: readonly number[]): void {
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      for (let row = 0, at = 0; row < side; row++) {
        const line = Math.min(top + row, height - 1) * width
        for (let column = left; column < left + side; column++, at++) {
          block[at] = from[line + Math.min(column, width - 1)]! - 128
        }
      }
      forward(block)
      for (let i = 0; i < block.length; i++) block[i] = Math.round(block[i]! / table[i]!) * table[i]!
      inverse(block)
      const [rows, columns] = [Math.min(side, height - top), Math.min(side, width - left)]
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          into[(top + row) * width + left + column] = block[side * row + column]! + 128
        }
      }
    }
  }
}
