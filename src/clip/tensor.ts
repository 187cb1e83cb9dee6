import { UnmaskError } from '../errors.ts'
import { type Tensor, tensor } from '../tensor/tensor.ts'
import type { Image } from '../video/image.ts'

/** The part of `NetworkConfig.input` that says what pixels a network takes. */
export interface PixelInput {
  /** Height and width of a crop in pixels. */
  readonly size: number
  /** Of red, green and blue in [0, 1]. */
  readonly mean: readonly [number, number, number]
  readonly deviation: readonly [number, number, number]
}

/**
 * What a network takes: (pixel / 255 - mean) / deviation.
 * @param images crops of `size` x `size`, snippet after snippet, frame after frame
 * @returns [1, 3, frames, size, size]
 * @throws UnmaskError `tensor-shape` when an image has another size
 */
export function clipTensor(images: readonly Image[], { size, mean, deviation }: PixelInput): Tensor<'float32'> {
  const plane = size * size
  const data = new Float32Array(3 * images.length * plane)
  for (let channel = 0; channel < 3; channel += 1) {
    const values = Float32Array.from({ length: 256 }, (_, i) => (i / 255 - mean[channel]!) / deviation[channel]!)
    for (const [t, image] of images.entries()) {
      if (image.width !== size || image.height !== size) {
        const given = `${image.width} x ${image.height}`
        throw new UnmaskError('tensor-shape', `crop ${t} is ${given} pixels, the network takes ${size} x ${size}`)
      }
      const begin = (channel * images.length + t) * plane
      for (let i = 0; i < plane; i += 1) data[begin + i] = values[image.data[3 * i + channel]!]!
    }
  }
  return tensor('float32', [1, 3, images.length, size, size], data)
}
