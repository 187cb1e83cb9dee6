import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import type { Image } from '../../video/image.ts'
import { boundsOf, wholeOf } from './bounds.ts'
import { blurMask, blurReach } from './box-blur.ts'
import { applyMatrix, changesNothing, followedBy, toning } from './colour-matrix.ts'
import { addDetail, sharpen, soften } from './detail.ts'
import { Field } from './field.ts'
import { smoothed } from './image-blur.ts'
import { stretchMembrane } from './membrane.ts'
import { addNoise } from './noise.ts'
import { fillPolygon } from './polygon.ts'
import { sample } from './sample.ts'
import { chain, inverse, similarity, type Warp } from './warp.ts'

const random = new Random('pixels')
const size = { width: 37, height: 29 }
const noise: Image = { ...size, data: Uint8Array.from({ length: 3 * 37 * 29 }, () => random.integer(256)) }

function warped(image: Image, warp: Warp): Float32Array {
  const colours = new Float32Array(image.data.length)
  sample(image, new Field().set(warp, wholeOf(image)), wholeOf(image), colours)
  return colours
}

describe('sampling', () => {
  test('where nothing moves, nothing changes', () => {
    expect([...warped(noise, () => {})]).toEqual([...noise.data])
  })

  test('a part is the same as in the whole', () => {
    const warp = similarity([18, 14], { factor: 1.2, angle: 0.3, x: 2 })
    const whole = warped(noise, warp)
    const bounds = { left: 5, top: 7, right: 21, bottom: 18 }
    const part = new Float32Array(3 * 16 * 11)
    sample(noise, new Field().set(warp, bounds), bounds, part)
    for (let y = 0; y < 11; y++) {
      for (let i = 0; i < 48; i++) expect(part[48 * y + i]).toBeCloseTo(whole[3 * (37 * (y + 7) + 5) + i]!, 1)
    }
  })

  test('by half a pixel is the mean of neighbours, beyond the edge the edge', () => {
    const shifted = warped(noise, (point) => {
      point[0]! += 0.5
    })
    const at = 3 * (37 * 10 + 20)
    expect(shifted[at]).toBeCloseTo((noise.data[at]! + noise.data[at + 3]!) / 2, 3)
    const last = 3 * (37 * 10 + 36)
    expect(shifted[last]).toBe(noise.data[last])
  })
})

test('points go back where they came from', () => {
  const warp = chain(similarity([50, 50], { factor: 1.05, angle: 0.05, x: 3 }), (point) => {
    point[0]! += 2 * Math.sin(point[1]! / 20)
  })
  const points = Float32Array.from({ length: 40 }, () => random.uniform(0, 100))
  const back = inverse(warp, points)
  for (let i = 0; i < 40; i += 2) {
    const point = Float64Array.of(back[i]!, back[i + 1]!)
    warp(point)
    expect(Math.hypot(point[0]! - points[i]!, point[1]! - points[i + 1]!)).toBeLessThan(0.01)
  }
})

test('polygons cover their area', () => {
  for (let round = 0; round < 20; round++) {
    const corners = Float32Array.from(
      [0, 1, 2, 3, 4].flatMap((i) => {
        const [turn, radius] = [(2 * Math.PI * i) / 5, random.uniform(5, 14)]
        return [18 + radius * Math.cos(turn), 14 + Math.min(radius, 13) * Math.sin(turn)]
      }),
    )
    let area = 0
    for (let i = 0; i < 10; i += 2) {
      area += (corners[i]! * corners[(i + 3) % 10]! - corners[(i + 2) % 10]! * corners[i + 1]!) / 2
    }
    const mask = new Float32Array(37 * 29)
    fillPolygon(corners, mask, size, boundsOf(corners, 1, size))
    expect(Math.abs(mask.reduce((a, b) => a + b) - area)).toBeLessThan(0.02 * area + 0.5)
  }
})

test('blurring a mask keeps its sum and spreads it by the deviation', () => {
  const wide = { width: 101, height: 101 }
  for (const deviation of [1.5, 4, 7]) {
    const mask = new Float32Array(101 * 101)
    mask[50 * 101 + 50] = 1
    blurMask(mask, wide, boundsOf(Float32Array.of(50, 50), blurReach(deviation) + 2, wide), deviation)
    expect(mask.reduce((a, b) => a + b)).toBeCloseTo(1, 4)
    const variance = mask.reduce((sum, value, i) => sum + value * ((i % 101) - 50) ** 2, 0)
    expect(Math.sqrt(variance)).toBeGreaterThan(0.75 * deviation)
    expect(Math.sqrt(variance)).toBeLessThan(1.25 * deviation)
  }
})

test('a membrane through a slanting rim is a plane', () => {
  const [columns, rows] = [24, 20]
  const values = new Float32Array(3 * columns * rows)
  const known = new Uint8Array(columns * rows)
  for (let i = 0; i < columns * rows; i++) {
    const [x, y] = [i % columns, Math.floor(i / columns)]
    known[i] = x > 3 && x < 20 && y > 3 && y < 16 ? 0 : 1
    if (known[i] === 1) values.fill(2 * x - 3 * y, 3 * i, 3 * i + 3)
  }
  stretchMembrane(values, known, columns, rows)
  for (let i = 0; i < columns * rows; i++) {
    // Levels; the rim goes from -57 to 46.
    expect(Math.abs(values[3 * i]! - (2 * (i % columns) - 3 * Math.floor(i / columns)))).toBeLessThan(2)
  }
})

describe('colours', () => {
  test('nothing asked for changes nothing; hue and saturation leave greys', () => {
    expect(changesNothing(toning({}))).toBe(true)
    const grey = Float32Array.of(80, 80, 80)
    applyMatrix(toning({ hue: 1, saturation: 0.3 }), grey, 1)
    for (const value of grey) expect(value).toBeCloseTo(80, 3)
  })

  test('one after the other is as both at once', () => {
    const [first, second] = [toning({ hue: 0.2, contrast: 1.1 }), toning({ shift: [5, -3, 1], saturation: 1.2 })]
    const colours = Float32Array.from(noise.data)
    const together = Float32Array.from(noise.data)
    applyMatrix(first, colours, 37 * 29)
    applyMatrix(second, colours, 37 * 29)
    applyMatrix(followedBy(first, second), together, 37 * 29)
    for (const [i, value] of together.entries()) expect(value).toBeCloseTo(colours[i]!, 2)
  })
})

describe('detail', () => {
  const variance = (colours: Float32Array) => {
    const mean = colours.reduce((a, b) => a + b) / colours.length
    return colours.reduce((sum, value) => sum + (value - mean) ** 2, 0) / colours.length
  }

  test('softening takes it, sharpening adds to it, flat colours stay', () => {
    const soft = Float32Array.from(noise.data)
    soften(soft, size, 2.5)
    const sharp = Float32Array.from(noise.data)
    sharpen(sharp, size, 0.7)
    expect(variance(soft)).toBeLessThan(0.4 * variance(Float32Array.from(noise.data)))
    expect(variance(sharp)).toBeGreaterThan(1.3 * variance(Float32Array.from(noise.data)))
    const flat = new Float32Array(noise.data.length).fill(77)
    soften(flat, size, 3)
    sharpen(flat, size, 1)
    for (const value of flat) expect(value).toBeCloseTo(77, 2)
  })

  test('all of what softening took, put back, is the picture', () => {
    const soft = Float32Array.from(noise.data)
    soften(soft, size, 3)
    addDetail(soft, Float32Array.from(noise.data), size, { factor: 3, share: 1 })
    for (const [i, value] of soft.entries()) expect(value).toBeCloseTo(noise.data[i]!, 2)
  })
})

test('noise reduction takes what differs little from its surroundings, and leaves edges', () => {
  const side = 40
  const data = new Uint8ClampedArray(3 * side * side)
  for (let i = 0; i < data.length; i++) data[i] = i % (3 * side) < 1.5 * side ? 60 : 180
  const sharp = data.slice()
  addNoise(data, 3 * side, 4, new Random(1))
  const { data: smooth } = smoothed({ width: side, height: side, data: new Uint8Array(data.buffer) }, 16)
  const error = (of: ArrayLike<number>) =>
    Array.from(sharp, (value, i) => (of[i]! - value) ** 2).reduce((a, b) => a + b)
  expect(error(smooth)).toBeLessThan(0.5 * error(data))
})

test('noise has its deviation and is fresh each time', () => {
  const make = (seed: number) => {
    const data = new Uint8ClampedArray(3 * 100 * 100).fill(128)
    addNoise(data, 300, 6, new Random(seed))
    return data
  }
  const [one, other] = [make(1), make(2)]
  expect(Math.sqrt(one.reduce((sum, value) => sum + (value - 128) ** 2, 0) / one.length)).toBeCloseTo(6, 0)
  const shared = one.reduce((sum, value, i) => sum + (value - 128) * (other[i]! - 128), 0) / one.length / 36
  expect(Math.abs(shared)).toBeLessThan(0.05)
})
