import type { Image } from '../../video/image.ts'

/** A Gaussian blur of small deviation, pixels; edges repeat. */
export function blurImage(image: Image, deviation: number): Image {
  const reach = Math.max(Math.ceil(3 * deviation), 1)
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / 2 / deviation ** 2),
  )
  const sum = kernel.reduce((a, b) => a + b)
  const taps = kernel.map((value) => value / sum)
  const { width, height } = image
  const stride = 3 * width
  const result = new Uint8ClampedArray(image.data.length)
  // A row with its edges repeated to both sides.
  const line = new Float32Array(stride + 6 * reach)
  const sums = new Float32Array(stride)
  for (let y = 0; y < height; y++) {
    const row = line.subarray(3 * reach, 3 * reach + stride)
    row.fill(0)
    for (let tap = -reach; tap <= reach; tap++) {
      const weight = taps[tap + reach]!
      const from = Math.min(Math.max(y + tap, 0), height - 1) * stride
      addTimes(image.data, from, weight, row)
    }
    for (let i = 0; i < 3 * reach; i++) {
      line[i] = row[i % 3]!
      line[3 * reach + stride + i] = row[stride - 3 + (i % 3)]!
    }
    sums.fill(0)
    for (let tap = 0; tap < taps.length; tap++) addTimes(line, 3 * tap, taps[tap]!, sums)
    result.set(sums, y * stride)
  }
  return { width, height, data: new Uint8Array(result.buffer) }
}

/** One tap of a whole row at a time: the innermost loop is then long. */
function addTimes(from: Float32Array | Uint8Array, start: number, weight: number, sums: Float32Array): void {
  const count = sums.length | 0
  for (let i = 0, at = start | 0; i < count; i = (i + 1) | 0, at = (at + 1) | 0) sums[i]! += weight * from[at]!
}

/** Standard deviation of what noise reduction takes for the surroundings, pixels. */
const surroundings = 1.5

/**
 * Noise reduction: each pixel is brought to its blurred surroundings, the less the more it differs from them, so that skin
 * loses its texture and edges stay.
 * @param reach difference, levels of 255, at which it is brought there by a third
 */
export function smoothed(image: Image, reach: number): Image {
  const blurred = blurImage(image, surroundings).data
  // by difference, which has 511 values
  const shares = Float32Array.from({ length: 511 }, (_, i) => Math.exp(-(((i - 255) / reach) ** 2)))
  const data = image.data.map((level, i) => {
    const difference = blurred[i]! - level
    return Math.round(level + difference * shares[difference + 255]!)
  })
  return { width: image.width, height: image.height, data }
}

/** The blur of a straight movement: the mean along a line whose spread is `deviation` pixels. */
export function blurAlong(image: Image, deviation: number, heading: number): Image {
  const { width, height, data } = image
  // A line of length L has the standard deviation L / sqrt(12).
  const length = deviation * Math.sqrt(12)
  const count = Math.max(Math.ceil(length) + 1, 2)
  const result = new Uint8ClampedArray(data.length)
  const offsets = Array.from({ length: count }, (_, i) => {
    const along = (i / (count - 1) - 0.5) * length
    return [Math.round(along * Math.cos(heading)), Math.round(along * Math.sin(heading))] as const
  })
  const sums = new Float32Array(3 * width)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (const [right, down] of offsets) {
      const row = Math.min(Math.max(y + down, 0), height - 1) * width
      for (let x = 0, at = 0; x < width; x++, at += 3) {
        const from = 3 * (row + Math.min(Math.max(x + right, 0), width - 1))
        sums[at]! += data[from]!
        sums[at + 1]! += data[from + 1]!
        sums[at + 2]! += data[from + 2]!
      }
    }
    for (let i = 0, at = 3 * y * width; i < sums.length; i++, at++) result[at] = sums[i]! / count
  }
  return { width, height, data: new Uint8Array(result.buffer) }
}
