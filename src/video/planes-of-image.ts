import { lumaShares } from './colour.ts'
import { type Colour, frameBytes } from './frame.ts'
import type { Image } from './image.ts'

/** Bits behind the point of the weights: as many as leave room for 16 weighted samples in 32 bits. */
export const bits = 16

export type Weights = readonly [red: number, green: number, blue: number]

/** Integer weights; those of luma sum up to its span and those of chroma to nothing, so that greys stay grey. */
export function weightsOf({ matrix, range }: Colour): {
  readonly y: Weights
  readonly u: Weights
  readonly v: Weights
} {
  const { red, blue } = lumaShares[matrix]
  const [lumaSpan, chromaSpan] = range === 'limited' ? [219, 224] : [255, 255]
  const fixed = (value: number) => Math.round((value / 255) * 2 ** bits)
  const [yRed, yBlue] = [fixed(red * lumaSpan), fixed(blue * lumaSpan)]
  const most = fixed(chromaSpan / 2)
  const uRed = -fixed((chromaSpan * red) / (2 * (1 - blue)))
  const vBlue = -fixed((chromaSpan * blue) / (2 * (1 - red)))
  return {
    y: [yRed, fixed(lumaSpan) - yRed - yBlue, yBlue],
    u: [uRed, -most - uRed, most],
    v: [most, -most - vBlue, vBlue],
  }
}

/**
 * Converts RGB to I420 in integers, the same everywhere. A chroma sample is the mean of the pixels around the place
 * where `colour.chroma` says it lies: weights 1 2 1 where that is on a pixel, 1 1 where it is between two; pixels beyond
 * the edge repeat the edge.
 * @returns planes as `Frame.data`
 */
export function planesOfImage(image: Image, colour: Colour): Uint8Array<ArrayBuffer> {
  const { width, height, data } = image
  const planes = new Uint8Array(frameBytes(width, height))
  const { y, u, v } = weightsOf(colour)
  const base = ((colour.range === 'limited' ? 16 : 0) << bits) + (1 << (bits - 1))
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 3) {
    planes[pixel] = (y[0] * data[at]! + y[1] * data[at + 1]! + y[2] * data[at + 2]! + base) >> bits
  }
  const across = colour.chroma === 'centre' ? 0 : 1
  const down = colour.chroma === 'top-left' ? 1 : 0
  const shift = bits + 2 + across + down // sums of 4, 8 or 16 pixels
  const middle = (128 << shift) + (1 << (shift - 1))
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const sums = new Int32Array(3 * width)
  let at = width * height
  for (let row = 0; row < rows; row++) {
    sumRows(image, 2 * row, down, sums)
    for (let column = 0; column < columns; column++, at++) {
      const here = 6 * column
      const right = Math.min(here + 3, sums.length - 3)
      const left = Math.max(here - 3, 0)
      const red = across * (sums[left]! + sums[here]!) + sums[here]! + sums[right]!
      const green = across * (sums[left + 1]! + sums[here + 1]!) + sums[here + 1]! + sums[right + 1]!
      const blue = across * (sums[left + 2]! + sums[here + 2]!) + sums[here + 2]! + sums[right + 2]!
      // In the full range the most of a colour would be 255.5.
      planes[at] = Math.min((u[0] * red + u[1] * green + u[2] * blue + middle) >> shift, 255)
      planes[at + columns * rows] = Math.min((v[0] * red + v[1] * green + v[2] * blue + middle) >> shift, 255)
    }
  }
  return planes
}

/** Adds up a row and the next one, or (down) the one before, twice itself and the next one. */
function sumRows({ width, height, data }: Image, row: number, down: number, sums: Int32Array): void {
  const here = 3 * width * row
  const next = 3 * width * Math.min(row + 1, height - 1)
  const before = 3 * width * Math.max(row - 1, 0)
  for (let i = 0; i < sums.length; i++) {
    sums[i] = data[here + i]! + data[next + i]! + down * (data[before + i]! + data[here + i]!)
  }
}
