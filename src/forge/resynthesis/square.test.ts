import { expect, test } from 'vitest'
import type { Point } from '../../face/face.ts'
import { Random } from '../../tensor/random.ts'
import { madeLandmarks } from '../testing/face.ts'
import { changedSquare, type FacePoints, facePoints, type Square, sideOf, squareOf } from './square.ts'

const upright = { leftEye: [40, 50], rightEye: [80, 50], mouth: [60, 92.4] } as const satisfies FacePoints

/** The same points after a zoom, turn and shift. */
function moved(points: FacePoints, a: number, b: number, [shiftX, shiftY]: Point): FacePoints {
  const move = ([x, y]: Point): Point => [a * x - b * y + shiftX, b * x + a * y + shiftY]
  return { leftEye: move(points.leftEye), rightEye: move(points.rightEye), mouth: move(points.mouth) }
}

const place = ({ x, y, a, b }: Square, u: number, v: number): Point => [x + a * u - b * v, y + b * u + a * v]

test('of a face from the front it is upright, eyes and mouth in their places', () => {
  const square = squareOf(upright, 'inner')
  expect(square.b).toBeCloseTo(0, 10)
  expect(sideOf(square)).toBeCloseTo(40 / 0.37, 0)
  const [x, y] = place(square, 0.315, 0.335)
  expect(Math.hypot(x - 40, y - 50)).toBeLessThan(0.2)
  const lower = squareOf(upright, 'lower')
  expect(sideOf(lower)).toBeLessThan(sideOf(square))
  expect(place(lower, 0, 0)[1]).toBeGreaterThan(place(square, 0, 0)[1])
})

test.each(['inner', 'lower'] as const)('it goes with the face: zoomed, turned and shifted alike (%s)', (part) => {
  const random = new Random(part)
  for (let round = 0; round < 50; round++) {
    const [a, b] = [random.uniform(-2, 2), random.uniform(-2, 2)]
    const shift = [random.uniform(-300, 300), random.uniform(-300, 300)] as const
    const wild = moved(upright, 1, 0, [random.normal(), random.normal()])
    const [before, after] = [squareOf(wild, part), squareOf(moved(wild, a, b, shift), part)]
    for (const [u, v] of [
      [0, 0],
      [1, 0],
      [0.3, 0.8],
    ] as const) {
      // biome-ignore format: one line
      const [x, y] = place(before, u, v)
      const [foundX, foundY] = place(after, u, v)
      expect(foundX).toBeCloseTo(a * x - b * y + shift[0], 6)
      expect(foundY).toBeCloseTo(b * x + a * y + shift[1], 6)
    }
  }
})

test('no other square brings the points nearer to their places', () => {
  const random = new Random('least squares')
  const jitter = ([x, y]: Point): Point => [x + random.normal(0, 4), y + random.normal(0, 4)]
  const points = { leftEye: jitter([40, 50]), rightEye: jitter([80, 50]), mouth: jitter([60, 92]) }
  const places = { leftEye: [0.315, 0.335], rightEye: [0.685, 0.335], mouth: [0.5, 0.727] } as const
  const error = (square: Square) =>
    (['leftEye', 'rightEye', 'mouth'] as const).reduce((sum, name) => {
      const [x, y] = place(square, places[name][0], places[name][1])
      return sum + (x - points[name][0]) ** 2 + (y - points[name][1]) ** 2
    }, 0)
  const best = squareOf(points, 'inner')
  for (const key of ['x', 'y', 'a', 'b'] as const) {
    for (const step of [-0.5, 0.5]) expect(error({ ...best, [key]: best[key] + step })).toBeGreaterThan(error(best))
  }
})

test('landmarks give the middles of eyes and mouth, left and right as shown', () => {
  const points = facePoints(madeLandmarks(200))
  expect(points.leftEye[0]).toBeLessThan(points.mouth[0])
  expect(points.rightEye[0]).toBeGreaterThan(points.mouth[0])
  expect(points.mouth[1]).toBeGreaterThan(points.leftEye[1])
  expect(squareOf(points, 'inner').b).toBeCloseTo(0, 0)
})

test('a changed square keeps its middle but for the shift, and has the side and turn asked for', () => {
  const square = squareOf(moved(upright, 1.2, 0.4, [5, -3]), 'inner')
  const changed = changedSquare(square, 1.5, 0.6, [0, 0])
  expect(sideOf(changed)).toBeCloseTo(1.5 * sideOf(square), 8)
  expect(place(changed, 0.5, 0.5)[0]).toBeCloseTo(place(square, 0.5, 0.5)[0], 8)
  expect(place(changed, 0.5, 0.5)[1]).toBeCloseTo(place(square, 0.5, 0.5)[1], 8)
  const sine = (square.a * changed.b - square.b * changed.a) / (sideOf(square) * sideOf(changed))
  expect(sine).toBeCloseTo(0.6, 8)
  const shifted = changedSquare(square, 1, 0, [0.1, 0])
  expect(place(shifted, 0.5, 0.5)[0]).toBeCloseTo(place(square, 0.6, 0.5)[0], 8)
})
