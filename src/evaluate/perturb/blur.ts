import { type Frame, planesOf } from '../../video/frame.ts'

/**
 * Blurs a frame by a Gaussian.
 * @param size of the kernel in pixels, odd; its standard deviation is a sixth of it
 */
export function blur(frame: Frame, size: number): void {
  const { y, u, v, chromaWidth } = planesOf(frame)
  const radius = (size - 1) / 2
  blurPlane(y, frame.width, kernelOf(radius, size / 6))
  // A chroma sample is two pixels wide.
  const half = kernelOf(Math.ceil(radius / 2), size / 12)
  for (const plane of [u, v]) blurPlane(plane, chromaWidth, half)
}

/** Weights of the samples from the leftmost to the rightmost, which sum to 1. */
function kernelOf(radius: number, deviation: number): Float32Array {
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-(((i - radius) / deviation) ** 2) / 2),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

function blurPlane(plane: Uint8Array, width: number, kernel: Float32Array): void {
  const height = plane.length / width
  const radius = (kernel.length - 1) / 2
  const across = blurRows(plane, width, kernel)
  const samples = new Uint8ClampedArray(plane.buffer, plane.byteOffset, plane.length)
  const sums = new Float32Array(width)
  for (let row = 0; row < height; row++) {
    sums.fill(0)
    for (let tap = 0; tap < kernel.length; tap++) {
      const start = width * mirrored(row + tap - radius, height)
      const weight = kernel[tap]!
      for (let x = 0; x < width; x++) sums[x] = sums[x]! + weight * across[start + x]!
    }
    samples.set(sums, row * width)
  }
}

function blurRows(plane: Uint8Array, width: number, kernel: Float32Array): Float32Array {
  const radius = (kernel.length - 1) / 2
  const sources = Int32Array.from({ length: width + 2 * radius }, (_, i) => mirrored(i - radius, width))
  const line = new Float32Array(sources.length)
  const across = new Float32Array(plane.length)
  for (let start = 0; start < plane.length; start += width) {
    for (let i = 0; i < line.length; i++) line[i] = plane[start + sources[i]!]!
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap]! * line[x + tap]!
      across[start + x] = sum
    }
  }
  return across
}

/** Beyond an edge the picture is mirrored about its outermost sample. */
function mirrored(at: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const within = ((at % period) + period) % period
  return within < length ? within : period - within
}
