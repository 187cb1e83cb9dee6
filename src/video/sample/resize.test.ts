import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import type { Image } from '../image.ts'
import { crop } from './crop.ts'
import { resize } from './resize.ts'
import { plainFrame } from './testing/frames.ts'

const random = new Random('resize')

function noise(width: number, height: number): Image {
  return { width, height, data: new Uint8Array(3 * width * height).map(() => random.integer(256)) }
}

test('at its own size is the picture itself', () => {
  const image = noise(13, 9)
  expect(resize(image, { width: 13, height: 9 })).toEqual(image)
})

test('treats a channel as `crop` treats luma', () => {
  for (const [width, height, to] of [
    [30, 20, { width: 45, height: 31 }],
    [30, 20, { width: 11, height: 13 }],
    [61, 47, { width: 9, height: 8 }],
    [200, 150, { width: 11, height: 7 }],
  ] as const) {
    const image = noise(width, height)
    const resized = resize(image, to)
    for (const channel of [0, 1, 2]) {
      const colour = { matrix: 'bt601', range: 'full', chroma: 'left' } as const
      const frame = plainFrame([0, 128, 128], { width, height, colour })
      for (let i = 0; i < width * height; i++) frame.data[i] = image.data[3 * i + channel]!
      const grey = crop(frame, { x: 0, y: 0, width, height }, to)
      for (let i = channel; i < resized.data.length; i += 3) expect(resized.data[i]).toBe(grey.data[i])
    }
  }
})

test('leaves the picture alone', () => {
  const image = noise(20, 10)
  const before = image.data.slice()
  resize(image, { width: 3, height: 3 })
  expect(image.data).toEqual(before)
})
