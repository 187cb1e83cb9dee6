import { type Frame, planesOf } from '../../video/frame.ts'
import type { Size } from '../../video/image.ts'

/** Makes a picture smaller by a whole factor and as large again, both linear between two samples along each axis. */
export function pixelate(frame: Frame, factor: number): void {
  const { width, height } = frame
  const { y, u, v, chromaWidth, chromaHeight } = planesOf(frame)
  const small = { width: Math.max(Math.floor(width / factor), 1), height: Math.max(Math.floor(height / factor), 1) }
  through(y, { width, height }, small)
  for (const plane of [u, v]) through(plane, { width: chromaWidth, height: chromaHeight }, small)
}

function through(plane: Uint8Array, size: Size, small: Size): void {
  const samples = new Uint8ClampedArray(plane.buffer, plane.byteOffset, plane.length)
  const reduced = new Uint8ClampedArray(small.width * small.height)
  resample(samples, size, reduced, small)
  resample(reduced, small, samples, size)
}

function resample(from: Uint8ClampedArray, size: Size, into: Uint8ClampedArray, wanted: Size): void {
  const across = tapsOf(size.width, wanted.width)
  const down = tapsOf(size.height, wanted.height)
  const line = new Float32Array(size.width)
  for (let row = 0; row < wanted.height; row++) {
    const [upper, lower] = [down.first[row]! * size.width, down.second[row]! * size.width]
    for (let x = 0; x < size.width; x++) line[x] = between(from[upper + x]!, from[lower + x]!, down.share[row]!)
    const start = row * wanted.width
    for (let x = 0; x < wanted.width; x++) {
      into[start + x] = between(line[across.first[x]!]!, line[across.second[x]!]!, across.share[x]!)
    }
  }
}

function between(first: number, second: number, share: number): number {
  return first + share * (second - first)
}

/** Of each sample of the result: the two that it lies between, and how far it is from the first to the second. */
function tapsOf(length: number, wanted: number) {
  const places = Float64Array.from({ length: wanted }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * length) / wanted - 0.5, 0), length - 1),
  )
  const first = Int32Array.from(places, Math.floor)
  const second = first.map((place) => Math.min(place + 1, length - 1))
  return { first, second, share: Float32Array.from(places, (place, i) => place - first[i]!) }
}
