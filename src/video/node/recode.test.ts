import { describe, expect, test } from 'vitest'
import { likeness, madeFace } from '../../forge/testing/face.ts'
import type { Image } from '../image.ts'
import { recode } from './recode.ts'

const { images } = madeFace(96, 8)

describe('H.264', () => {
  test.each(['fastest', 'fast', 'medium'] as const)(
    'with effort %s: the higher the rate factor the less is left',
    (effort) => {
      const left = [12, 24, 36, 48].map((crf) => likeness(images, recode(images, { codec: 'h264', crf, effort })))
      expect(left).toEqual(left.toSorted((a, b) => b - a))
      expect(left[0]).toBeGreaterThan(32)
      expect(left[3]).toBeLessThan(27)
    },
  )

  test('gives the pictures back in their order', () => {
    const lit = images.map((image, i) => ({ ...image, data: image.data.map((value) => Math.min(value + 8 * i, 255)) }))
    const recoded = recode(lit, { codec: 'h264', crf: 20, effort: 'medium' })
    for (const [i, image] of recoded.entries()) {
      const nearest = lit.map((other) => likeness([image], [other]))
      expect(nearest.indexOf(Math.max(...nearest))).toBe(i)
    }
  })
})

test('JPEG: the lower the quality the less is left', () => {
  const left = [95, 70, 40, 15].map((quality) => likeness(images, recode(images, { codec: 'jpeg', quality })))
  expect(left).toEqual(left.toSorted((a, b) => b - a))
})

test.each([1, 2, 17, 33])('pictures of %d pixels a side keep their size', (side) => {
  const small: Image = { width: side, height: side + 1, data: new Uint8Array(3 * side * (side + 1)).fill(90) }
  for (const codec of ['jpeg', 'h264'] as const) {
    const [image] = recode([small], { codec })
    expect([image!.width, image!.height]).toEqual([side, side + 1])
    expect(Math.max(...image!.data.map((value) => Math.abs(value - 90)))).toBeLessThan(6)
  }
})

test('the same again gives the same bits', () => {
  expect(recode(images, { codec: 'h264', crf: 30 })).toEqual(recode(images, { codec: 'h264', crf: 30 }))
})

test('none are none; different sizes and unknown options are refused', () => {
  expect(recode([], { codec: 'jpeg' })).toEqual([])
  expect(() => recode([images[0]!, madeFace(64).images[0]!], { codec: 'jpeg' })).toThrow('not all of one size')
  expect(() => recode(images, { codec: 'h264', crf: 60 })).toThrow('crf')
})
