import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import type { Colour } from './frame.ts'
import { planesOfImage } from './planes-of-image.ts'

const shares = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722], bt2020: [0.2627, 0.0593] } as const
const colours = (['bt601', 'bt709', 'bt2020'] as const).flatMap((matrix) =>
  (['limited', 'full'] as const).flatMap((range) =>
    (['left', 'centre', 'top-left'] as const).map((chroma): Colour => ({ matrix, range, chroma })),
  ),
)

function noise(width: number, height: number) {
  const random = new Random(1)
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => random.integer(256)) }
}

/** Luma and chroma of a colour as the standards write it: real numbers. */
function yuv([red, green, blue]: readonly number[], { matrix, range }: Colour): [number, number, number] {
  const [kr, kb] = shares[matrix]
  const y = kr * red! + (1 - kr - kb) * green! + kb * blue!
  const [u, v] = [(blue! - y) / (2 * (1 - kb)), (red! - y) / (2 * (1 - kr))]
  return range === 'full' ? [y, 128 + u, 128 + v] : [16 + (219 * y) / 255, 128 + (224 * u) / 255, 128 + (224 * v) / 255]
}

describe.each(colours)('$matrix, $range, $chroma', (colour) => {
  test.each([
    [8, 6],
    [7, 5],
    [1, 1],
    [2, 9],
  ])('%i x %i: each sample is the rounded mean of its pixels', (width, height) => {
    const { data } = noise(width, height)
    const pixel = (x: number, y: number) => {
      const at = 3 * (Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1))
      return data.subarray(at, at + 3)
    }
    const expected: number[] = []
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) expected.push(yuv([...pixel(x, y)], colour)[0])
    const across = colour.chroma === 'centre' ? [0, 1, 1] : [1, 2, 1]
    const down = colour.chroma === 'top-left' ? [1, 2, 1] : [0, 1, 1]
    for (const component of [1, 2]) {
      for (let y = 0; y < height; y += 2) {
        for (let x = 0; x < width; x += 2) {
          let sum = 0
          let weights = 0
          for (const [j, weightDown] of down.entries()) {
            for (const [i, weightAcross] of across.entries()) {
              sum += weightAcross * weightDown * yuv([...pixel(x + i - 1, y + j - 1)], colour)[component]!
              weights += weightAcross * weightDown
            }
          }
          expected.push(Math.min(sum / weights, 255))
        }
      }
    }
    const planes = planesOfImage({ width, height, data }, colour)
    expect(planes.length).toBe(expected.length)
    for (const [i, value] of expected.entries()) expect(Math.abs(planes[i]! - value)).toBeLessThan(0.51)
  })

  test('greys are grey, black and white are at the ends', () => {
    for (let grey = 0; grey < 256; grey++) {
      const planes = planesOfImage({ width: 2, height: 2, data: new Uint8Array(12).fill(grey) }, colour)
      expect([...planes.subarray(4)]).toEqual([128, 128])
      if (grey === 0) expect(planes[0]).toBe(colour.range === 'full' ? 0 : 16)
      if (grey === 255) expect(planes[0]).toBe(colour.range === 'full' ? 255 : 235)
    }
  })
})
