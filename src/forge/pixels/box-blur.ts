import type { Size } from '../../video/image.ts'
import type { Bounds } from './bounds.ts'

/** Three boxes one after the other are nearly a Gaussian. */
const passes = 3

/** How far the blur of a standard deviation reaches, pixels. */
export function blurReach(deviation: number): number {
  return passes * radiusOf(deviation)
}

/** A box of 2 r + 1 samples has the variance r (r + 1) / 3; three of them thrice that. */
function radiusOf(deviation: number): number {
  return Math.max(Math.round((Math.sqrt(1 + 4 * deviation ** 2) - 1) / 2), 0)
}

let line = new Float32Array(0)

/**
 * Blurs a mask in place, nearly as a Gaussian: beyond the picture's edges the edges repeat, beyond other bounds there is
 * nothing.
 * @param bounds what may differ from 0 afterwards; with room for `blurReach` around what does so before
 */
export function blurMask(mask: Float32Array, { width, height }: Size, bounds: Bounds, deviation: number): void {
  const radius = radiusOf(deviation)
  if (radius === 0) return
  const { left, top, right, bottom } = bounds
  const longest = Math.max(right - left, bottom - top) + 2 * radius + 1
  if (line.length < longest) line = new Float32Array(longest)
  for (let pass = 0; pass < passes; pass++) {
    for (let y = top; y < bottom; y++) blurRow(mask, y * width + left, right - left, radius, left > 0, right < width)
    blurColumns(mask, width, bounds, radius, top > 0, bottom < height)
  }
}

function blurRow(
  mask: Float32Array,
  start: number,
  count: number,
  radius: number,
  nothingBefore: boolean,
  nothingAfter: boolean,
): void {
  line.fill(nothingBefore ? 0 : mask[start]!, 0, radius + 1)
  line.set(mask.subarray(start, start + count), radius + 1)
  line.fill(nothingAfter ? 0 : mask[start + count - 1]!, radius + 1 + count, 2 * radius + 1 + count)
  let sum = 0
  for (let i = 0; i < 2 * radius + 1; i++) sum += line[i]!
  const share = 1 / (2 * radius + 1)
  for (let i = 0; i < count; i++) {
    sum += line[i + 2 * radius + 1]! - line[i]!
    mask[start + i] = sum * share
  }
}

/** Columns side by side, so that memory is gone through in its order. */
let sums = new Float32Array(0)
let copy = new Float32Array(0)

function blurColumns(
  mask: Float32Array,
  width: number,
  { left, top, right, bottom }: Bounds,
  radius: number,
  nothingBefore: boolean,
  nothingAfter: boolean,
): void {
  const columns = right - left
  const rows = bottom - top
  if (sums.length < columns) sums = new Float32Array(columns)
  if (copy.length < columns * rows) copy = new Float32Array(columns * rows)
  sums.fill(0, 0, columns)
  for (let row = 0; row < rows; row++) {
    const begin = (top + row) * width + left
    copy.set(mask.subarray(begin, begin + columns), row * columns)
  }
  const add = (row: number, sign: number) => {
    if ((row < 0 && nothingBefore) || (row >= rows && nothingAfter)) return
    const begin = Math.min(Math.max(row, 0), rows - 1) * columns
    for (let x = 0; x < columns; x++) sums[x]! += sign * copy[begin + x]!
  }
  for (let row = -radius; row < radius; row++) add(row, 1)
  const share = 1 / (2 * radius + 1)
  for (let row = 0; row < rows; row++) {
    add(row + radius, 1)
    const begin = (top + row) * width + left
    for (let x = 0; x < columns; x++) mask[begin + x] = sums[x]! * share
    add(row - radius, -1)
  }
}
