import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { convexHull, isInside } from './polygon.ts'

test('the hull holds all points, turns one way only and is made of some of them', () => {
  const random = new Random(3)
  for (let round = 0; round < 100; round++) {
    const count = 3 + random.integer(40)
    // Whole numbers: points on one line, and the same twice.
    const points = Float32Array.from({ length: 2 * count }, () => random.integer(12))
    const hull = convexHull(points)
    const corners = Array.from({ length: hull.length / 2 }, (_, i) => [hull[2 * i]!, hull[2 * i + 1]!] as const)
    const given = new Set(Array.from({ length: count }, (_, i) => `${points[2 * i]} ${points[2 * i + 1]}`))
    for (const [i, [x, y]] of corners.entries()) {
      expect(given).toContain(`${x} ${y}`)
      const [nextX, nextY] = corners[(i + 1) % corners.length]!
      for (let k = 0; k < points.length; k += 2) {
        const side = (nextX - x) * (points[k + 1]! - y) - (nextY - y) * (points[k]! - x)
        expect(side).toBeGreaterThanOrEqual(0)
      }
    }
  }
})

test('inside is what a polygon encloses, also in its bays', () => {
  const bay = Float32Array.of(0, 0, 10, 0, 10, 10, 5, 3, 0, 10)
  expect(isInside(bay, [1, 5])).toBe(true)
  expect(isInside(bay, [9, 5])).toBe(true)
  expect(isInside(bay, [5, 2])).toBe(true)
  expect(isInside(bay, [5, 8])).toBe(false)
  expect(isInside(bay, [11, 5])).toBe(false)
  expect(isInside(bay, [-1, 0.5])).toBe(false)
})
