import { expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { clipTensor } from './tensor.ts'

const random = new Random(3)
const image = (size: number) => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: size * size * 3 }, () => random.integer(256)),
})
const pixels = { size: 6, mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.25, 0.5] } as const

test('has each channel of each frame in its place, normalised', () => {
  const images = [image(6), image(6), image(6)]
  const { shape, data } = clipTensor(images, pixels)
  expect(shape).toEqual([1, 3, 3, 6, 6])
  for (const [t, { data: rgb }] of images.entries()) {
    for (let c = 0; c < 3; c += 1) {
      for (let i = 0; i < 36; i += 1) {
        const wanted = (rgb[3 * i + c]! / 255 - pixels.mean[c]!) / pixels.deviation[c]!
        expect(data[(c * 3 + t) * 36 + i]).toBe(Math.fround(wanted))
      }
    }
  }
})

test('refuses a crop of another size', () => {
  expect(() => clipTensor([image(6), image(5)], pixels)).toThrow('crop 1 is 5 x 5 pixels, the network takes 6 x 6')
})
