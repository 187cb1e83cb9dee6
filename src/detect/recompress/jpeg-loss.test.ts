import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { rgbColour } from '../../video/colour.ts'
import { frameBytes } from '../../video/frame.ts'
import type { Image, Size } from '../../video/image.ts'
import { recodeFrames } from '../../video/node/recode.ts'
import { encodeImage } from '../../video/node/writer/image.ts'
import { planesOfImage } from '../../video/planes-of-image.ts'
import { forward, inverse } from './block.ts'
import { jpegLoss, jpegLossOfPlanes } from './jpeg-loss.ts'
import { jpegTables } from './jpeg-tables.ts'
import { recompressed } from './recompressed.ts'

/** Waves of all lengths and directions, and noise: something at every frequency. */
function picture(width: number, height: number): Image {
  const random = new Random('picture')
  const data = new Uint8Array(3 * width * height)
  for (let i = 0; i < data.length; i++) {
    const [x, y, channel] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3]
    const wave = Math.sin((x * (1 + channel)) / (2 + y / 9)) + Math.cos(y / 3 + channel)
    data[i] = Math.min(Math.max(128 + 25 * wave + 9 * random.normal(), 0), 255)
  }
  return { width, height, data }
}

/** Where the value at each place of a JPEG's table belongs, row after row. */
const zigzag = Array.from({ length: 64 }, (_, i) => [i % 8, Math.floor(i / 8)] as const)
  .toSorted(([x, y], [otherX, otherY]) => x + y - otherX - otherY || ((x + y) % 2 === 0 ? x - otherX : y - otherY))
  .map(([x, y]) => 8 * y + x)

/** The quantisation table in a JPEG file that has one. */
function tableIn(file: Uint8Array): number[] {
  const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xdb)
  expect(file.subarray(at + 2, at + 5)).toEqual(Uint8Array.of(0, 67, 0))
  const table = new Array<number>(64)
  for (const [i, place] of zigzag.entries()) table[place] = file[at + 5 + i]!
  return table
}

/** The luma of a picture, block after block, as multiples of a table. */
function levels(planes: Uint8Array, { width, height }: Size, table: readonly number[]): Float64Array[] {
  return Array.from({ length: (width * height) / 64 }, (_, number) => {
    const [left, top] = [8 * (number % (width / 8)), 8 * Math.floor(number / (width / 8))]
    const block = Float64Array.from({ length: 64 }, (_, i) => planes[(top + (i >> 3)) * width + left + (i & 7)]! - 128)
    forward(block)
    return block.map((value, i) => value / table[i]!)
  })
}

test.each([35, 50, 75])('JPEG of FFmpeg at quality %i, with its tables, leaves the same', async (quality) => {
  const image = picture(128, 128)
  const table = tableIn(await encodeImage(image, 'jpeg', quality))
  const data = planesOfImage(image, rgbColour)
  const upright = { rotation: 0, flip: false, pixelAspect: 1, seconds: 0, index: undefined } as const
  const [theirs] = recodeFrames([{ ...image, colour: rgbColour, ...upright, data }], { codec: 'jpeg', quality })
  const ours = jpegLossOfPlanes(data, image, { luma: table, chroma: table })
  const [before, own, other] = [data, ours, theirs!.data].map((planes) => levels(planes, image, table))
  const counts = { same: 0, between: 0, different: 0 }
  for (const [i, block] of before!.entries()) {
    for (const [k, exact] of block.entries()) {
      const rest = Math.abs(exact) % 1
      if (Math.round(own![i]![k]!) === Math.round(other![i]![k]!)) counts.same++
      // FFmpeg rounds up from 5/8 on, others from a half.
      else if (rest > 0.49 && rest < 0.64) counts.between++
      else counts.different++
    }
  }
  expect(counts.different).toBe(0)
  expect(counts.between).toBeGreaterThan(0)
  expect(counts.same).toBeGreaterThan(0.95 * image.width * image.height)
})

test('the transform keeps lengths, and its inverse brings the block back', () => {
  const random = new Random(3)
  const block = Float64Array.from({ length: 64 }, () => random.normal())
  const there = block.slice()
  forward(there)
  const length = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0)
  expect(length(there)).toBeCloseTo(length(block), 10)
  expect(there[0]).toBeCloseTo(block.reduce((sum, value) => sum + value, 0) / 8, 10)
  inverse(there)
  for (const [i, value] of there.entries()) expect(value).toBeCloseTo(block[i]!, 12)
})

test('tables are those of libjpeg', () => {
  // `cjpeg -quality N` of libjpeg-turbo, first row of luma
  expect(jpegTables(50).luma.slice(0, 8)).toEqual([16, 11, 10, 16, 24, 40, 51, 61])
  expect(jpegTables(75).luma.slice(0, 8)).toEqual([8, 6, 5, 8, 12, 20, 26, 31])
  expect(jpegTables(25).luma.slice(0, 8)).toEqual([32, 22, 20, 32, 48, 80, 102, 122])
  expect(new Set(jpegTables(100).luma)).toEqual(new Set([1]))
  expect(Math.max(...jpegTables(1).chroma)).toBe(255)
})

describe('what is left of a picture', () => {
  test('of one colour is that colour', () => {
    const image = { width: 24, height: 17, data: new Uint8Array(3 * 24 * 17).fill(128) }
    expect(jpegLoss(image, 50)).toEqual(image)
  })

  test('has its size, whatever that is, and is the less like it the lower the quality', () => {
    for (const [width, height] of [
      [1, 1],
      [13, 7],
      [64, 48],
    ] as const) {
      const image = picture(width, height)
      const lost = [95, 50, 10].map((quality) => {
        const left = jpegLoss(image, quality)
        expect(left).toMatchObject({ width, height })
        return left.data.reduce((sum, value, i) => sum + (value - image.data[i]!) ** 2, 0)
      })
      if (width * height > 64) expect(lost).toEqual(lost.toSorted((a, b) => a - b))
    }
  })

  test('planes of odd sizes are all written', () => {
    const data = new Uint8Array(frameBytes(9, 9)).fill(200)
    expect(jpegLossOfPlanes(data, { width: 9, height: 9 }, jpegTables(90))).toEqual(data)
  })

  test('an image that stands in for others is done once', () => {
    const [one, other] = [picture(16, 16), picture(8, 8)]
    const copies = recompressed([one, one, other])
    expect(copies[0]).toBe(copies[1])
    expect(copies.map(({ width }) => width)).toEqual([16, 16, 8])
  })
})
