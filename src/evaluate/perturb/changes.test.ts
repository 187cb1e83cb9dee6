import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { type Frame, frameBytes, planesOf } from '../../video/frame.ts'
import { addBlocks } from './blocks.ts'
import { blur } from './blur.ts'
import { addNoise } from './noise.ts'
import { pixelate } from './pixelation.ts'
import { scaleContrast, scaleSaturation } from './tone.ts'

/** Of odd sizes, so that edges count. @param value of a sample by its number */
function frameOf(width: number, height: number, value: (i: number) => number, range: 'limited' | 'full' = 'limited') {
  const data = Uint8Array.from({ length: frameBytes(width, height) }, (_, i) => value(i))
  const colour = { matrix: 'bt601', range, chroma: 'left' } as const
  const frame: Frame = { width, height, data, colour, pixelAspect: 1, rotation: 0, flip: false, seconds: 0, index: 0 }
  return frame
}

const mean = (values: Iterable<number>) => {
  const all = [...values]
  return all.reduce((sum, value) => sum + value, 0) / all.length
}
const variance = (values: Uint8Array, about = mean(values)) => mean([...values].map((value) => (value - about) ** 2))
const waves = (i: number) => 128 + 60 * Math.sin(i / 7) + 40 * Math.sin(i / 1001)

describe('tone', () => {
  test('saturation scales chroma about grey and leaves luma', () => {
    const frame = frameOf(31, 17, (i) => (i * 37) % 256)
    const before = frame.data.slice()
    scaleSaturation(frame, 0.3)
    const luma = 31 * 17
    expect(frame.data.subarray(0, luma)).toEqual(before.subarray(0, luma))
    for (let i = luma; i < before.length; i++) expect(frame.data[i]).toBeCloseTo(128 + 0.3 * (before[i]! - 128), -0.31)
    scaleSaturation(frame, 0)
    expect(new Set(frame.data.subarray(luma))).toEqual(new Set([128]))
  })

  test.each([
    ['limited', 16],
    ['full', 0],
  ] as const)('contrast multiplies what is above black (%s range)', (range, black) => {
    const frame = frameOf(8, 8, () => 200, range)
    scaleContrast(frame, 0.5)
    expect(frame.data[0]).toBe(black + (200 - black) / 2)
    expect(frame.data.at(-1)).toBe(164)
  })
})

describe('block-wise', () => {
  test('puts as many grey blocks of 8 x 8 as the size asks for', () => {
    const frame = frameOf(1024, 768, () => 0)
    addBlocks(frame, 2, new Random(5))
    const { y, u, v } = planesOf(frame)
    // 2 x 3 blocks, which do not overlap with this seed; grey is 16 + 128 * 219 / 255
    expect(y.filter((value) => value === 126)).toHaveLength(6 * 64)
    for (const plane of [u, v]) expect(plane.filter((value) => value === 128)).toHaveLength(6 * 16)
  })

  test.each([
    [5, 3],
    [8, 8],
    [9, 300],
  ])('stays within a picture of %i x %i', (width, height) => {
    const frame = frameOf(width, height, () => 0)
    addBlocks(frame, 80, new Random(1))
    expect(frame.data).toHaveLength(frameBytes(width, height))
    expect(planesOf(frame).y).toContain(126)
  })
})

describe('noise', () => {
  test.each([0.001, 0.002, 0.005])('has the variance %d of the studio range', (amount) => {
    const frame = frameOf(320, 240, () => 128)
    addNoise(frame, amount, new Random(3))
    const { y, u } = planesOf(frame)
    expect(variance(y) / 255 ** 2 / amount).toBeCloseTo(1, 1)
    expect((4 * variance(u)) / 255 ** 2 / amount).toBeCloseTo(1, 1)
    expect(mean(y)).toBeCloseTo(128, 0)
  })

  test('is the same with the same seed, and another in the next row, plane and frame', () => {
    const make = (seed: number) => {
      const frame = frameOf(64, 64, () => 128)
      addNoise(frame, 0.01, new Random(seed))
      return frame.data
    }
    expect(make(1)).toEqual(make(1))
    expect(make(1)).not.toEqual(make(2))
    const rows = Array.from({ length: 64 }, (_, row) =>
      make(1)
        .subarray(64 * row, 64 * row + 64)
        .join(),
    )
    expect(new Set(rows).size).toBe(64)
  })

  test('is neither related between neighbouring pixels nor between neighbouring rows', () => {
    const frame = frameOf(256, 256, () => 128)
    addNoise(frame, 0.005, new Random(9))
    const { y } = planesOf(frame)
    for (const step of [1, 256]) {
      const products = Array.from({ length: 65536 - step }, (_, i) => (y[i]! - 128) * (y[i + step]! - 128))
      expect(Math.abs(mean(products) / variance(y))).toBeLessThan(0.02)
    }
  })
})

describe('blur', () => {
  test('is the Gaussian of the definition, mirrored at the edges', () => {
    const [width, height, size] = [23, 19, 9]
    const frame = frameOf(width, height, waves)
    const before = frame.data.slice()
    blur(frame, size)
    const gauss = (i: number) => Math.exp(-((i / (size / 6)) ** 2) / 2)
    const mirror = (at: number, length: number) => (at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at)
    for (const [x, y] of [
      [0, 0],
      [11, 7],
      [22, 18],
      [21, 3],
    ] as const) {
      let [sum, weights] = [0, 0]
      for (let down = -4; down <= 4; down++) {
        for (let across = -4; across <= 4; across++) {
          const weight = gauss(across) * gauss(down)
          sum += weight * before[mirror(y + down, height) * width + mirror(x + across, width)]!
          weights += weight
        }
      }
      expect(Math.abs(frame.data[y * width + x]! - sum / weights)).toBeLessThanOrEqual(0.51)
    }
  })

  test('leaves a plain picture alone', () => {
    const frame = frameOf(3, 2, () => 77)
    blur(frame, 21)
    expect(new Set(frame.data)).toEqual(new Set([77]))
  })
})

describe('pixelation', () => {
  test('keeps no more detail than the small picture has', () => {
    const frame = frameOf(64, 48, (i) => (i % 2) * 200)
    pixelate(frame, 2)
    expect(new Set(planesOf(frame).y)).toEqual(new Set([100]))
  })

  test('leaves ramps, and chroma at half the size, almost as they are', () => {
    const frame = frameOf(64, 64, (i) => 50 + (i % 64))
    const before = frame.data.slice()
    pixelate(frame, 2)
    const { y, u } = planesOf(frame)
    for (let x = 2; x < 62; x++) expect(Math.abs(y[64 * 20 + x]! - (50 + x))).toBeLessThanOrEqual(1)
    expect(u).toEqual(before.subarray(4096, 4096 + 1024))
  })

  test('takes pictures smaller than its factor', () => {
    const frame = frameOf(3, 2, () => 99)
    pixelate(frame, 6)
    expect(new Set(frame.data)).toEqual(new Set([99]))
  })
})

test('the more of it, the less is left of the picture', () => {
  const size = 96
  const original = frameOf(size, size, waves)
  const error = (change: (frame: Frame) => void) => {
    const frame = { ...original, data: original.data.slice() }
    change(frame)
    return mean(Array.from(frame.data, (value, i) => (value - original.data[i]!) ** 2))
  }
  const rising = (errors: number[]) => expect(errors).toEqual(errors.toSorted((a, b) => a - b))
  rising([0.001, 0.002, 0.005, 0.01, 0.05].map((level) => error((frame) => addNoise(frame, level, new Random(1)))))
  rising([7, 9, 13, 17, 21].map((level) => error((frame) => blur(frame, level))))
  rising([0.85, 0.725, 0.6, 0.475, 0.35].map((level) => error((frame) => scaleContrast(frame, level))))
  rising([0.4, 0.3, 0.2, 0.1, 0].map((level) => error((frame) => scaleSaturation(frame, level))))
  rising([16, 32, 48, 64, 80].map((level) => error((frame) => addBlocks(frame, level, new Random(1)))))
})
