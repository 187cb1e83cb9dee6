import { copyImage } from '../../draw/image.ts'
import type { Image } from '../../video/image.ts'
import { type Bounds, boundsOf, isEmpty } from '../pixels/bounds.ts'
import { Field } from '../pixels/field.ts'
import { sample } from '../pixels/sample.ts'
import { type Square, sideOf } from './square.ts'

/** How a generated square is enlarged: through the four or the sixteen nearest pixels. */
export type Interpolation = 'linear' | 'cubic'

/** Share of the side, at each edge of a square, over which it fades into the picture. */
const fade = 0.06

const field = new Field()
let colours = new Float32Array(0)

/** The picture with a generated one in the place that it was cut from. @param made a square picture */
export function putBack(image: Image, square: Square, made: Image, interpolation: Interpolation): Image {
  const { width, height } = image
  const pixels = new Uint8ClampedArray(image.data)
  const { x, y, a, b } = square
  const norm = sideOf(square) ** 2
  const corners = Float32Array.of(x, y, x + a, y + b, x - b, y + a, x + a - b, y + b + a)
  const bounds = boundsOf(corners, 1, image)
  const { left, top, right, bottom } = bounds
  if (isEmpty(bounds)) return copyImage(image)
  const room = 3 * (right - left) * (bottom - top)
  if (colours.length < room) colours = new Float32Array(room)
  const scale = made.width / norm
  field.set((point) => {
    const [across, down] = [point[0]! - x, point[1]! - y]
    point[0] = scale * (a * across + b * down)
    point[1] = scale * (a * down - b * across)
  }, bounds)
  if (interpolation === 'linear') sample(made, field, bounds, colours)
  else sampleCubic(made, square, bounds, colours)
  for (let row = top, from = 0; row < bottom; row++) {
    let at = 3 * (row * width + left)
    for (let column = left; column < right; column++, at += 3, from += 3) {
      const [across, down] = [column + 0.5 - x, row + 0.5 - y]
      const u = (a * across + b * down) / norm
      const v = (a * down - b * across) / norm
      const inside = Math.min(u, v, 1 - u, 1 - v)
      if (inside <= 0) continue
      const share = inside < fade ? inside / fade : 1
      for (let c = 0; c < 3; c++) pixels[at + c] = pixels[at + c]! + share * (colours[from + c]! - pixels[at + c]!)
    }
  }
  return { width, height, data: new Uint8Array(pixels.buffer) }
}

const weightsX = new Float64Array(4)
const weightsY = new Float64Array(4)

/** As `sample`, through the sixteen nearest pixels. */
function sampleCubic(
  { width, data }: Image,
  square: Square,
  { left, top, right, bottom }: Bounds,
  into: Float32Array,
): void {
  const { x, y, a, b } = square
  const scale = width / sideOf(square) ** 2
  const last = width - 1
  let at = 0
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++, at += 3) {
      const [across, down] = [column + 0.5 - x, row + 0.5 - y]
      const placeX = scale * (a * across + b * down) - 0.5
      const placeY = scale * (a * down - b * across) - 0.5
      const firstX = Math.floor(placeX)
      const firstY = Math.floor(placeY)
      setCubic(placeX - firstX, weightsX)
      setCubic(placeY - firstY, weightsY)
      let [red, green, blue] = [0, 0, 0]
      for (let j = 0; j < 4; j++) {
        const line = Math.min(Math.max(firstY + j - 1, 0), last) * width
        for (let i = 0; i < 4; i++) {
          const p = 3 * (line + Math.min(Math.max(firstX + i - 1, 0), last))
          const weight = weightsX[i]! * weightsY[j]!
          red += weight * data[p]!
          green += weight * data[p + 1]!
          blue += weight * data[p + 2]!
        }
      }
      into[at] = red
      into[at + 1] = green
      into[at + 2] = blue
    }
  }
}

/** Keys 1981 with the constant that OpenCV has. */
const slope = -0.75

function setCubic(t: number, weights: Float64Array): void {
  weights[0] = slope * t * (1 - t) * (1 - t)
  weights[1] = 1 - (slope + 3) * t * t + (slope + 2) * t * t * t
  weights[3] = slope * t * t * (1 - t)
  weights[2] = 1 - weights[0]! - weights[1]! - weights[3]!
}
