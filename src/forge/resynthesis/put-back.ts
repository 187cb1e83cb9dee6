import type { Image } from '../../video/image.ts'
import { type Square, sideOf } from './square.ts'

/** How a generated square is enlarged: through the four or the sixteen nearest pixels. */
export type Interpolation = 'linear' | 'cubic'

/** Share of the side, at each edge of a square, over which it fades into the picture. */
const fade = 0.06

/** The picture with a generated one in the place that it was cut from. @param made a square picture */
export function putBack(image: Image, square: Square, made: Image, interpolation: Interpolation): Image {
  const { width, height } = image
  const pixels = new Uint8ClampedArray(image.data)
  const { x, y, a, b } = square
  const norm = sideOf(square) ** 2
  const ends = (one: number, other: number, start: number, last: number): [number, number] => {
    const places = [0, one, other, one + other].map((shift) => start + shift)
    return [Math.max(Math.floor(Math.min(...places)), 0), Math.min(Math.max(...places), last)]
  }
  const [left, right] = ends(a, -b, x, width)
  const [top, bottom] = ends(b, a, y, height)
  const sample = interpolation === 'cubic' ? sampleCubic : sampleLinear
  const colour = new Float64Array(3)
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const [across, down] = [column + 0.5 - x, row + 0.5 - y]
      const u = (a * across + b * down) / norm
      const v = (a * down - b * across) / norm
      const inside = Math.min(u, v, 1 - u, 1 - v)
      if (inside <= 0) continue
      sample(made, u * made.width - 0.5, v * made.width - 0.5, colour)
      const share = inside < fade ? inside / fade : 1
      const at = 3 * (row * width + column)
      for (let c = 0; c < 3; c++) pixels[at + c] = pixels[at + c]! + share * (colour[c]! - pixels[at + c]!)
    }
  }
  return { width, height, data: new Uint8Array(pixels.buffer) }
}

function sampleLinear({ width, data }: Image, x: number, y: number, into: Float64Array): void {
  const last = width - 1
  const inX = x > 0 ? (x < last ? x : last) : 0
  const inY = y > 0 ? (y < last ? y : last) : 0
  const [left, top] = [inX | 0, inY | 0]
  const [right, below] = [inX - left, inY - top]
  const next = left < last ? 3 : 0
  const under = top < last ? 3 * width : 0
  const begin = 3 * (top * width + left)
  for (let p = begin; p < begin + 3; p++) {
    const upper = data[p]! + right * (data[p + next]! - data[p]!)
    const lower = data[p + under]! + right * (data[p + under + next]! - data[p + under]!)
    into[p - begin] = upper + below * (lower - upper)
  }
}

const weightsX = new Float64Array(4)
const weightsY = new Float64Array(4)

function sampleCubic({ width, data }: Image, x: number, y: number, into: Float64Array): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  setCubic(x - left, weightsX)
  setCubic(y - top, weightsY)
  const last = width - 1
  let [red, green, blue] = [0, 0, 0]
  for (let j = 0; j < 4; j++) {
    const row = Math.min(Math.max(top + j - 1, 0), last) * width
    for (let i = 0; i < 4; i++) {
      const p = 3 * (row + Math.min(Math.max(left + i - 1, 0), last))
      const weight = weightsX[i]! * weightsY[j]!
      red += weight * data[p]!
      green += weight * data[p + 1]!
      blue += weight * data[p + 2]!
    }
  }
  into[0] = red
  into[1] = green
  into[2] = blue
}

/** Keys 1981 with the constant that OpenCV has. */
const slope = -0.75

function setCubic(t: number, weights: Float64Array): void {
  weights[0] = slope * t * (1 - t) * (1 - t)
  weights[1] = 1 - (slope + 3) * t * t + (slope + 2) * t * t * t
  weights[3] = slope * t * t * (1 - t)
  weights[2] = 1 - weights[0]! - weights[1]! - weights[3]!
}
