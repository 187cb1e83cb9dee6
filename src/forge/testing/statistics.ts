import type { Image } from '../../video/image.ts'
import { encodeImage } from '../../video/node/writer/image.ts'

/** What each number of `statisticsOf` is. */
export const statisticNames = [
  ...['mean red', 'mean green', 'mean blue', 'deviation red', 'deviation green', 'deviation blue'],
  ...['sharpness', 'fine sharpness', 'blockiness', 'encoded size'],
] as const

/** Statistics of a whole picture, by which a fake must not be told. */
export async function statisticsOf(image: Image): Promise<number[]> {
  const { width, height, data } = image
  const count = width * height
  const moments = [0, 1, 2].map((channel) => {
    let [sum, squares] = [0, 0]
    for (let i = channel; i < data.length; i += 3) {
      sum += data[i]!
      squares += data[i]! ** 2
    }
    return [sum / count, Math.sqrt(squares / count - (sum / count) ** 2)] as const
  })
  const luma = lumaOf(image)
  const encoded = await encodeImage(image, 'jpeg', 90)
  return [
    ...moments.map(([mean]) => mean),
    ...moments.map(([, deviation]) => deviation),
    Math.log(1 + laplacian(luma, width, height, 2)),
    Math.log(1 + laplacian(luma, width, height, 1)),
    blockiness(luma, width, height),
    Math.log(encoded.length),
  ]
}

function lumaOf({ data }: Image): Float32Array {
  return Float32Array.from({ length: data.length / 3 }, (_, i) => {
    return 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!
  })
}

/** Variance of the Laplacian. @param step distance of the neighbours */
function laplacian(luma: Float32Array, width: number, height: number, step: number): number {
  let [sum, squares, count] = [0, 0, 0]
  for (let y = step; y < height - step; y++) {
    for (let x = step; x < width - step; x++, count++) {
      const at = y * width + x
      const around = luma[at - step]! + luma[at + step]! + luma[at - step * width]! + luma[at + step * width]!
      const value = 4 * luma[at]! - around
      sum += value
      squares += value ** 2
    }
  }
  return squares / count - (sum / count) ** 2
}

/** Logarithm of how much larger steps across the lines of an 8 x 8 grid are, at its best phase, than elsewhere. */
function blockiness(luma: Float32Array, width: number, height: number): number {
  const steps = new Float64Array(8)
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width; x++) steps[x % 8]! += Math.abs(luma[y * width + x]! - luma[y * width + x - 1]!)
  }
  const total = steps.reduce((a, b) => a + b)
  const most = Math.max(...steps)
  return Math.log((most + 1) / ((total - most) / 7 + 1))
}
