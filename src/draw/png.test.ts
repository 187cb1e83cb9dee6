import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { pngOf, pngUrl } from './png.ts'

const random = new Random(5)

test.each([
  [1, 1],
  [7, 3],
  [160, 200],
])('a picture of %i x %i is in its file to the bit', (width, height) => {
  const data = Uint8Array.from({ length: 3 * width * height }, () => random.integer(256))
  const image = { width, height, data }
  expect(decode(pngOf(image))).toMatchObject({ width, height, data, channels: 3, depth: 8 })
  const [head, base64] = pngUrl(image).split(',')
  expect(head).toBe('data:image/png;base64')
  expect(new Uint8Array(Buffer.from(base64!, 'base64'))).toEqual(pngOf(image))
})
