import type { Image } from '../../video/image.ts'
import { Field } from '../pixels/field.ts'
import { sample } from '../pixels/sample.ts'
import { type Square, sideOf } from './square.ts'

/** Places a side that one pixel is the mean of at most. */
const mostPlaces = 8

const field = new Field()
let dense = new Float32Array(0)

/**
 * Cuts a turned square out of a picture: size x size pixels of red, green and blue, 0 to 255, not rounded. Each is the mean
 * of as many places a side as it covers pixels, so that nothing aliases; between pixels linear, beyond the edges the edge
 * again and again.
 */
export function cutSquare(image: Image, { x, y, a, b }: Square, size: number): Float32Array<ArrayBuffer> {
  const places = Math.min(Math.max(Math.ceil(sideOf({ x, y, a, b }) / size), 1), mostPlaces)
  const side = size * places
  const bounds = { left: 0, top: 0, right: side, bottom: side }
  field.set((point) => {
    const [u, v] = [point[0]! / side, point[1]! / side]
    point[0] = x + a * u - b * v
    point[1] = y + b * u + a * v
  }, bounds)
  const colours = new Float32Array(3 * size * size)
  if (places === 1) {
    sample(image, field, bounds, colours)
    return colours
  }
  if (dense.length < 3 * side * side) dense = new Float32Array(3 * side * side)
  sample(image, field, bounds, dense)
  average(dense, places, size, colours)
  return colours
}

/** Means of squares of so many places a side. */
function average(from: Float32Array, places: number, size: number, into: Float32Array): void {
  const stride = 3 * size * places
  const share = 1 / places ** 2
  for (let row = 0; row < size * places; row++) {
    const begin = 3 * size * Math.floor(row / places)
    for (let column = 0, p = row * stride; column < size; column++) {
      const at = begin + 3 * column
      let [red, green, blue] = [0, 0, 0]
      for (let place = 0; place < places; place++, p += 3) {
        red += from[p]!
        green += from[p + 1]!
        blue += from[p + 2]!
      }
      into[at]! += red * share
      into[at + 1]! += green * share
      into[at + 2]! += blue * share
    }
  }
}
