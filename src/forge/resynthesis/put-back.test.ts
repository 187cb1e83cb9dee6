import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import type { Image } from '../../video/image.ts'
import { cutSquare } from './cut-square.ts'
import { asImage, fromPlanes, toPlanes } from './pixels.ts'
import { putBack } from './put-back.ts'
import type { Square } from './square.ts'

/** Slow waves: what a square of pixels of about the same size can hold. */
function waves(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)]
    data[i] = 128 + 60 * Math.sin(x / 9 + (i % 3)) + 60 * Math.cos(y / 11)
  }
  return { width, height, data }
}

const squares: readonly Square[] = [
  { x: 20, y: 30, a: 90, b: 0 },
  { x: 40, y: 20, a: 85, b: 30 },
  { x: 120, y: 110, a: -80, b: -20 },
]

test.each(squares)('what is cut and put back unchanged is the picture: %o', (square) => {
  const image = waves(150, 140)
  for (const [interpolation, most] of [
    ['linear', 4],
    ['cubic', 3],
  ] as const) {
    // biome-ignore format: one line
    const back = putBack(image, square, asImage(cutSquare(image, square, 96), 96), interpolation)
    const distances = back.data.map((value, i) => Math.abs(value - image.data[i]!))
    expect(Math.max(...distances), interpolation).toBeLessThanOrEqual(most)
  }
})

test('only what lies in the square is changed; its middle is what was generated', () => {
  const image = waves(150, 140)
  const grey = asImage(new Float32Array(3 * 64 * 64).fill(77), 64)
  for (const square of squares) {
    const back = putBack(image, square, grey, 'cubic')
    const norm = square.a ** 2 + square.b ** 2
    for (let row = 0; row < 140; row++) {
      for (let column = 0; column < 150; column++) {
        const [x, y] = [column + 0.5 - square.x, row + 0.5 - square.y]
        const [u, v] = [(square.a * x + square.b * y) / norm, (square.a * y - square.b * x) / norm]
        const inside = Math.min(u, v, 1 - u, 1 - v)
        const at = 3 * (row * 150 + column)
        if (inside <= 0) expect(back.data[at]).toBe(image.data[at])
        if (inside > 0.07) expect(back.data[at]).toBe(77)
      }
    }
  }
})

test('a square beside the picture changes nothing', () => {
  const image = waves(40, 30)
  const grey = asImage(new Float32Array(3 * 16 * 16), 16)
  for (const x of [-50, 60]) expect(putBack(image, { x, y: 5, a: 20, b: 0 }, grey, 'linear')).toEqual(image)
})

test('a square made smaller is the mean of its pixels: fine stripes become grey', () => {
  const data = new Uint8Array(3 * 128 * 128).map((_, i) => (Math.floor(i / 3) % 2 === 0 ? 0 : 200))
  const cut = cutSquare({ width: 128, height: 128, data }, { x: 4, y: 4, a: 120, b: 0 }, 30)
  expect(Math.min(...cut)).toBeGreaterThanOrEqual(99)
  expect(Math.max(...cut)).toBeLessThanOrEqual(101)
})

test('a square of pixels at its own size is taken as it is, turned by a right angle too; beyond the edge the edge repeats', () => {
  const random = new Random(3)
  const image: Image = { width: 12, height: 9, data: new Uint8Array(3 * 12 * 9).map(() => random.integer(256)) }
  const pixel = (x: number, y: number) => [...image.data.subarray(3 * (y * 12 + x), 3 * (y * 12 + x) + 3)]
  const straight = cutSquare(image, { x: 2, y: 1, a: 6, b: 0 }, 6)
  const turned = cutSquare(image, { x: 9, y: 1, a: 0, b: 6 }, 6)
  const beyond = cutSquare(image, { x: -6, y: -6, a: 6, b: 0 }, 6)
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      const at = 3 * (row * 6 + column)
      expect([...straight.subarray(at, at + 3)]).toEqual(pixel(2 + column, 1 + row))
      expect([...turned.subarray(at, at + 3)]).toEqual(pixel(8 - row, 1 + column))
      expect([...beyond.subarray(at, at + 3)]).toEqual(pixel(0, 0))
    }
  }
})

test('planes and back are the same colours', () => {
  const colours = new Float32Array(3 * 16).map((_, i) => (i * 37) % 256)
  const planes = new Float32Array(3 * 16)
  toPlanes(colours, planes)
  expect(planes[16]).toBeCloseTo(colours[1]! / 127.5 - 1, 6)
  expect(Math.max(...fromPlanes(planes).map((value, i) => Math.abs(value - colours[i]!)))).toBeLessThan(1e-4)
})
