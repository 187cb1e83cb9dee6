import { Random } from '../../tensor/random.ts'
import { type Frame, planesOf } from '../../video/frame.ts'

/** How many normal numbers are drawn; every row of a picture takes its own from a random place among them. */
const poolSize = 2 ** 18

let pool: Float32Array | undefined

/**
 * Adds Gaussian noise to luma and chroma, fresh for each pixel.
 * @param variance of Y, Cb and Cr in the studio range (16 to 235), where 1 is 255 levels
 */
export function addNoise(frame: Frame, variance: number, random: Random): void {
  const deviation = 255 * Math.sqrt(variance)
  const { y, u, v, chromaWidth } = planesOf(frame)
  const full = frame.colour.range === 'full'
  add(y, frame.width, deviation * (full ? 255 / 219 : 1), random)
  // A chroma sample is the mean of four pixels, each with noise of its own.
  for (const plane of [u, v]) add(plane, chromaWidth, (deviation / 2) * (full ? 255 / 224 : 1), random)
}

function add(plane: Uint8Array, width: number, deviation: number, random: Random): void {
  pool ??= new Random('noise of perturbed frames').normalTensor([poolSize]).data
  const samples = new Uint8ClampedArray(plane.buffer, plane.byteOffset, plane.length)
  for (let row = 0; row < samples.length; row += width) {
    const from = random.integer(poolSize - width + 1)
    for (let x = 0; x < width; x++) samples[row + x] = samples[row + x]! + deviation * pool[from + x]!
  }
}
