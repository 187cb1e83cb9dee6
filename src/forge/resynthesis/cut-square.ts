import type { Image } from '../../video/image.ts'
import { type Square, sideOf } from './square.ts'

/** Places a side that one pixel is the mean of at most. */
const mostPlaces = 8

/**
 * Cuts a turned square out of a picture: size x size pixels of red, green and blue, 0 to 255, not rounded. Each is the mean
 * of as many places a side as it covers pixels, so that nothing aliases; between pixels linear, beyond the edges the edge
 * again and again.
 */
export function cutSquare(image: Image, square: Square, size: number): Float32Array<ArrayBuffer> {
  const { x, y, a, b } = square
  const places = Math.min(Math.max(Math.ceil(sideOf(square) / size), 1), mostPlaces)
  const colours = new Float32Array(3 * size * size)
  const step = 1 / (places * size)
  for (let row = 0, at = 0; row < size * places; row++) {
    if (row % places > 0) at -= 3 * size
    const v = (row + 0.5) * step
    for (let column = 0; column < size; column++, at += 3) {
      for (let place = 0; place < places; place++) {
        const u = (column * places + place + 0.5) * step
        addPixel(image, x + a * u - b * v - 0.5, y + b * u + a * v - 0.5, colours, at)
      }
    }
  }
  const share = 1 / places ** 2
  if (places > 1) for (let i = 0; i < colours.length; i++) colours[i]! *= share
  return colours
}

/** Adds what is between pixels. @param x, y 0 is the middle of the first pixel */
function addPixel({ width, height, data }: Image, x: number, y: number, sum: Float32Array, at: number): void {
  const [lastX, lastY] = [width - 1, height - 1]
  const inX = x > 0 ? (x < lastX ? x : lastX) : 0
  const inY = y > 0 ? (y < lastY ? y : lastY) : 0
  const [left, top] = [inX | 0, inY | 0]
  const [right, below] = [inX - left, inY - top]
  const p = 3 * (top * width + left)
  const q = left < lastX ? p + 3 : p
  const under = top < lastY ? 3 * width : 0
  const d = right * below
  const [b, c] = [right - d, below - d]
  const a = 1 - right - c
  const [r, s] = [p + under, q + under]
  sum[at]! += a * data[p]! + b * data[q]! + c * data[r]! + d * data[s]!
  sum[at + 1]! += a * data[p + 1]! + b * data[q + 1]! + c * data[r + 1]! + d * data[s + 1]!
  sum[at + 2]! += a * data[p + 2]! + b * data[q + 2]! + c * data[r + 2]! + d * data[s + 2]!
}
