import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { displaySize, type Frame } from '../frame.ts'
import type { Image, Region, Size } from '../image.ts'
import { crop, squareAround } from './crop.ts'
import { anyOf, noiseFrame, plainFrame, randomPicture, softFrame } from './testing/frames.ts'
import { referenceCrop } from './testing/reference.ts'

/** Of any place and shape, often reaching beyond the picture; about `scale` pixels for each of the result. */
function randomRegion(random: Random, frame: Frame, size: Size, scale: number): Region {
  const shown = displaySize(frame)
  const width = size.width * scale * (0.5 + random.uniform())
  const height = size.height * scale * (0.5 + random.uniform())
  const x = random.uniform() * (shown.width + width) - width
  const y = random.uniform() * (shown.height + height) - height
  return { x, y, width, height }
}

describe('is what it is defined to be', () => {
  test.each([
    ['enlarged', 0.3, 60],
    ['about its own size', 1, 60],
    ['shrunk', 2.5, 40],
    ['shrunk and halved', 6, 25],
    ['shrunk and halved again and again', 19, 12],
  ] as const)('%s', (_, scale, rounds) => {
    const random = new Random(`crop ${scale}`)
    for (let round = 0; round < rounds; round++) {
      const frame = noiseFrame(random, randomPicture(random, 1, 40))
      const most = scale > 4 ? 4 : 20
      const size = { width: 1 + random.integer(most), height: 1 + random.integer(most) }
      const region = randomRegion(random, frame, size, scale)
      const outside = anyOf(random, ['repeat', 'black'] as const)
      const found = crop(frame, region, size, { outside }).data
      const wanted = referenceCrop(frame, region, size, outside)
      expect(found.length).toBe(wanted.length)
      // 1/2 for rounding, the rest for weights of 16 bits
      for (const [i, value] of wanted.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(0.53)
    }
  })
})

const size = { width: 23, height: 17 }
const random = new Random('laws')

function pixel(image: Image, x: number, y: number): number[] {
  return [...image.data.subarray(3 * (y * image.width + x), 3 * (y * image.width + x) + 3)]
}

test('one colour stays one colour, to the bit, wherever and however it is cropped', () => {
  for (let round = 0; round < 60; round++) {
    const colour = [random.integer(256), random.integer(256), random.integer(256)] as const
    const frame = plainFrame(colour, randomPicture(random, 1, 60))
    const [first, ...others] = [0.2, 0.7, 1, 3, 17].map((scale) => {
      const { data } = crop(frame, randomRegion(random, frame, size, scale), size)
      return new Set(Array.from({ length: size.width * size.height }, (_, i) => data.subarray(3 * i, 3 * i + 3).join()))
    })
    expect(first!.size).toBe(1)
    for (const other of others) expect(other).toEqual(first)
  }
})

test('at its own size luma is kept as it is', () => {
  const noise = noiseFrame(random, {
    width: 40,
    height: 30,
    colour: { matrix: 'bt601', range: 'full', chroma: 'left' },
  })
  noise.data.fill(128, 40 * 30)
  const { data } = crop(noise, { x: 5, y: 8, width: 20, height: 12 }, { width: 20, height: 12 })
  for (let y = 0; y < 12; y++) {
    for (let x = 0; x < 20; x++) expect(data[3 * (20 * y + x)]).toBe(noise.data[40 * (y + 8) + x + 5])
  }
})

test('turning a frame clockwise turns the crop', () => {
  for (const outside of ['repeat', 'black'] as const) {
    for (let round = 0; round < 40; round++) {
      const frame = { ...noiseFrame(random, { ...randomPicture(random, 4, 60), pixelAspect: 1 }), flip: false }
      const rotation = ({ 0: 90, 90: 180, 180: 270, 270: 0 } as const)[frame.rotation]
      const region = randomRegion(random, frame, size, anyOf(random, [0.5, 1, 2, 5]))
      const before = crop(frame, region, size, { outside })
      const turnedRegion = {
        x: displaySize(frame).height - region.y - region.height,
        y: region.x,
        width: region.height,
        height: region.width,
      }
      const turnedSize = { width: size.height, height: size.width }
      const after = crop({ ...frame, rotation }, turnedRegion, turnedSize, { outside })
      for (let y = 0; y < size.height; y++) {
        for (let x = 0; x < size.width; x++) expect(pixel(after, size.height - 1 - y, x)).toEqual(pixel(before, x, y))
      }
    }
  }
})

test('mirroring a frame mirrors the crop', () => {
  for (let round = 0; round < 40; round++) {
    const frame = noiseFrame(random, randomPicture(random, 4, 60))
    const region = randomRegion(random, frame, size, anyOf(random, [0.5, 1, 2, 5]))
    const mirroredRegion = { ...region, x: displaySize(frame).width - region.x - region.width }
    const before = crop(frame, region, size)
    const after = crop({ ...frame, flip: !frame.flip }, mirroredRegion, size)
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) expect(pixel(after, size.width - 1 - x, y)).toEqual(pixel(before, x, y))
    }
  }
})

test('moving by whole pixels moves the crop', () => {
  const frame = noiseFrame(random, { width: 64, height: 48 })
  for (const scale of [0.37, 1, 1.9]) {
    // steps of the region that are pixels of the result
    const region = { x: 8, y: 8, width: 24 * scale, height: 20 * scale }
    const here = crop(frame, region, { width: 24, height: 20 })
    const there = crop(frame, { ...region, x: 8 + 3 * scale, y: 8 + 2 * scale }, { width: 24, height: 20 })
    for (let y = 0; y < 18; y++) {
      for (let x = 0; x < 21; x++) expect(pixel(there, x, y)).toEqual(pixel(here, x + 3, y + 2))
    }
  }
})

test('pixels that are not square are shown square', () => {
  const wide = softFrame(random, { width: 40, height: 40, pixelAspect: 2 })
  const square = { ...wide, pixelAspect: 1 }
  const shown = crop(wide, { x: 10, y: 4, width: 40, height: 20 }, size)
  expect(shown).toEqual(crop(square, { x: 5, y: 4, width: 20, height: 20 }, size))
})

describe('beyond the picture', () => {
  const frame = noiseFrame(random, { width: 30, height: 20 })
  const whole = crop(frame, { x: 0, y: 0, width: 30, height: 20 }, { width: 30, height: 20 })

  test('its edge goes on', () => {
    const around = crop(frame, { x: -10, y: -10, width: 50, height: 40 }, { width: 50, height: 40 })
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 50; x++) {
        const [column, row] = [Math.min(Math.max(x - 10, 0), 29), Math.min(Math.max(y - 10, 0), 19)]
        expect(pixel(around, x, y)).toEqual(pixel(whole, column, row))
      }
    }
  })

  test('or all is black', () => {
    const around = crop(
      frame,
      { x: -10, y: -10, width: 50, height: 40 },
      { width: 50, height: 40 },
      { outside: 'black' },
    )
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 50; x++) {
        const inside = x >= 10 && x < 40 && y >= 10 && y < 30
        expect(pixel(around, x, y)).toEqual(inside ? pixel(whole, x - 10, y - 10) : [0, 0, 0])
      }
    }
  })

  test('a region wholly outside is the nearest edge, or black', () => {
    const far = { x: 1000, y: -300, width: 7, height: 7 }
    const corner = crop(frame, far, { width: 3, height: 3 })
    expect(new Set(Array.from({ length: 9 }, (_, i) => pixel(corner, i % 3, Math.floor(i / 3)).join()))).toEqual(
      new Set([pixel(whole, 29, 0).join()]),
    )
    const into = new Uint8Array(27).fill(9)
    expect(crop(frame, far, { width: 3, height: 3 }, { outside: 'black', into }).data).toEqual(new Uint8Array(27))
  })
})

test('a fine chequerboard shrinks to grey instead of to stripes', () => {
  const frame = plainFrame([0, 128, 128], {
    width: 400,
    height: 300,
    colour: { matrix: 'bt601', range: 'full', chroma: 'left' },
  })
  for (let i = 0; i < 400 * 300; i++) frame.data[i] = 255 * ((i + Math.floor(i / 400)) % 2)
  for (const width of [120, 100, 97, 60, 31, 9]) {
    const { data } = crop(frame, { x: 100, y: 50, width: 200, height: 200 }, { width, height: width })
    for (const value of data) expect(Math.abs(value - 127.5)).toBeLessThan(3)
  }
})

test('the square around a picture holds all of it, centred', () => {
  expect(squareAround({ ...plainFrame([0, 0, 0], { width: 40, height: 30 }), pixelAspect: 2 })).toEqual({
    x: 0,
    y: -25,
    width: 80,
    height: 80,
  })
  const upright = plainFrame([0, 0, 0], { width: 40, height: 30, rotation: 90 })
  expect(squareAround(upright)).toEqual({ x: -5, y: 0, width: 40, height: 40 })
})

test('writes where it is told', () => {
  const frame = noiseFrame(random, { width: 30, height: 20 })
  const region = { x: 1, y: 2, width: 9, height: 9 }
  const batch = new Uint8Array(3 * 48).fill(7)
  const into = batch.subarray(48, 96)
  expect(crop(frame, region, { width: 4, height: 4 }, { into }).data).toBe(into)
  expect(into).toEqual(crop(frame, region, { width: 4, height: 4 }).data)
  expect([...batch.subarray(0, 48), ...batch.subarray(96)]).toEqual(new Array(96).fill(7))
})

test.each([
  [{ x: 0, y: 0, width: 0, height: 5 }, { width: 2, height: 2 }, /region/],
  [{ x: Number.NaN, y: 0, width: 5, height: 5 }, { width: 2, height: 2 }, /region/],
  [{ x: 0, y: 1e9, width: 5, height: 5 }, { width: 2, height: 2 }, /region/],
  [{ x: 0, y: 0, width: 5, height: 5 }, { width: 2, height: 0 }, /2 x 0/],
  [{ x: 0, y: 0, width: 5, height: 5 }, { width: 2.5, height: 2 }, /2.5 x 2/],
  [{ x: 0, y: 0, width: 5, height: 5 }, { width: 3, height: 2 }, /12 bytes, not 18/],
])('%j to %j is refused', (region, wanted, message) => {
  const frame = plainFrame([0, 0, 0], { width: 40, height: 30 })
  const attempt = () => crop(frame, region, wanted, { into: new Uint8Array(12) })
  expect(attempt).toThrowError(message)
  expect(attempt).toThrowError(expect.objectContaining({ code: 'option-invalid' }))
})
