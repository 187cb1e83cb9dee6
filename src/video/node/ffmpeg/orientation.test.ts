import { expect, test } from 'vitest'
import { orientationOf } from './orientation.ts'

/** A display matrix that takes a pixel to (ax + cy, bx + dy). */
function matrix(a: number, b: number, c: number, d: number): Uint8Array {
  const one = 2 ** 16
  return new Uint8Array(Int32Array.of(a * one, b * one, 0, c * one, d * one, 0, 0, 0, 2 ** 30).buffer)
}

/** Where the orientation takes a pixel: turned clockwise (y grows downwards), then mirrored left to right. */
function shown(rotation: number, flip: boolean, x: number, y: number): [number, number] {
  const turned = { 0: [x, y], 90: [-y, x], 180: [-x, -y], 270: [y, -x] }[rotation]!
  return [(flip ? -1 : 1) * turned[0]!, turned[1]!]
}

const rights = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => [a, b] as const)).filter(([a, b]) => a * a + b * b === 1)
const matrices = rights.flatMap(([a, b]) => [[a, b, -b, a] as const, [a, b, b, -a] as const])

test.each(matrices)('the matrix %d %d %d %d and its orientation show every pixel at the same place', (a, b, c, d) => {
  const { rotation, flip } = orientationOf(matrix(a, b, c, d))
  for (const [x, y] of [
    [1, 0],
    [0, 1],
    [3, 5],
  ] as const) {
    const [left, top] = shown(rotation, flip, x, y)
    expect([left + 0, top + 0]).toEqual([a * x + c * y + 0, b * x + d * y + 0])
  }
})

test('the eight orientations are eight', () => {
  expect(matrices).toHaveLength(8)
  const found = matrices.map(([a, b, c, d]) => JSON.stringify(orientationOf(matrix(a, b, c, d))))
  expect(new Set(found).size).toBe(8)
})

test('a slanted matrix becomes the nearest right angle, one without meaning is passed over', () => {
  expect(orientationOf(matrix(0.1, 0.99, -0.99, 0.1))).toEqual({ rotation: 90, flip: false })
  expect(orientationOf(matrix(2, 0, 0, 2))).toEqual({ rotation: 0, flip: false })
  expect(orientationOf(matrix(0, 0, 0, 0))).toEqual({ rotation: 0, flip: false })
  expect(orientationOf(new Uint8Array(8))).toEqual({ rotation: 0, flip: false })
  expect(orientationOf(null)).toEqual({ rotation: 0, flip: false })
})
