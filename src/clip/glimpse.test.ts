import { describe, expect, test } from 'vitest'
import type { Face } from '../face/face.ts'
import { frameOf } from '../face/testing/pictures.ts'
import { Random } from '../tensor/random.ts'
import type { Region } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'
import { cropOf, glimpseOf } from './glimpse.ts'

const random = new Random(2)
const noise = Uint8Array.from({ length: 3 * 320 * 240 }, () => random.integer(256))
const frame = frameOf({ width: 320, height: 240, data: noise }, 1.5)
const size = { width: 24, height: 24 }
const square = (x: number, y: number, side: number): Region => ({ x, y, width: side, height: side })
const face = (box: Region) => ({ box, score: 0.9 }) as Face

describe('what is kept of a frame', () => {
  test('gives the crops of the frame around each face, found or expected', () => {
    const glimpse = glimpseOf(frame, [face(square(60, 80, 40)), face(square(200, 100, 40))], [square(130, 30, 30)])
    for (const region of [square(48, 66, 58), square(190, 90, 58), square(122, 18, 44)]) {
      expect(cropOf(glimpse, region, size)).toEqual(crop(frame, region, size))
    }
    expect(glimpse.seconds).toBe(1.5)
  })

  test('is kept once for a face that is found where it was expected', () => {
    expect(glimpseOf(frame, [face(square(60, 80, 40))], [square(64, 78, 41)]).cuts.length).toBe(1)
  })

  test('gives the right one of two faces, one before the other', () => {
    const glimpse = glimpseOf(frame, [face(square(150, 110, 12)), face(square(100, 60, 100))], [])
    const region = square(78, 26, 145)
    expect(cropOf(glimpse, region, size)).toEqual(crop(frame, region, size))
  })

  test('has nothing of places without a face', () => {
    const glimpse = glimpseOf(frame, [face(square(60, 80, 40))], [])
    expect(cropOf(glimpse, square(200, 100, 58), size)).toBeUndefined()
    expect(cropOf(glimpseOf(frame, [], []), square(200, 100, 58), size)).toBeUndefined()
  })

  test('repeats its edge where a crop reaches a little beyond it', () => {
    const glimpse = glimpseOf(frame, [face(square(140, 100, 40))], [])
    expect(cropOf(glimpse, square(100, 54, 120), size)).toMatchObject(size)
  })
})
