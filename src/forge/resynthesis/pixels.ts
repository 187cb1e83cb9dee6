/** Between pixels, rows of red, green and blue from 0 to 255, and what a generator takes: planes from -1 to 1. */
import type { Image } from '../../video/image.ts'

/** @param into [3, size, size] from `begin` on */
export function toPlanes(colours: ArrayLike<number>, into: Float32Array, begin = 0): void {
  const area = colours.length / 3
  for (let pixel = 0, at = 0; pixel < area; pixel++, at += 3) {
    into[begin + pixel] = colours[at]! / 127.5 - 1
    into[begin + area + pixel] = colours[at + 1]! / 127.5 - 1
    into[begin + 2 * area + pixel] = colours[at + 2]! / 127.5 - 1
  }
}

/** @param planes [3, size, size] */
export function fromPlanes(planes: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const area = planes.length / 3
  const colours = new Float32Array(planes.length)
  for (let pixel = 0, at = 0; pixel < area; pixel++, at += 3) {
    colours[at] = (planes[pixel]! + 1) * 127.5
    colours[at + 1] = (planes[area + pixel]! + 1) * 127.5
    colours[at + 2] = (planes[2 * area + pixel]! + 1) * 127.5
  }
  return colours
}

/** A square picture of colours, rounded. */
export function asImage(colours: Float32Array, size: number): Image {
  return { width: size, height: size, data: new Uint8Array(Uint8ClampedArray.from(colours).buffer) }
}
