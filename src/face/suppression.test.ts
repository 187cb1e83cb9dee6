import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import type { Candidate } from './candidate.ts'
import { overlap } from './geometry.ts'
import { suppress } from './suppression.ts'

const random = new Random(3)

function candidate(x: number, y: number, width: number, score: number): Candidate {
  const points = Array.from({ length: 6 }, (_, i) => [x + i, y + 2 * i] as const)
  return { box: { x, y, width, height: width }, points, score, share: 0.3 }
}

function crowd(count: number): Candidate[] {
  return Array.from({ length: count }, () =>
    candidate(random.uniform(0, 300), random.uniform(0, 300), random.uniform(20, 90), random.uniform(0.4, 1)),
  )
}

describe('weighted suppression', () => {
  test('leaves candidates alone that do not overlap', () => {
    const apart = [candidate(0, 0, 50, 0.6), candidate(100, 0, 50, 0.9), candidate(0, 100, 50, 0.7)]
    expect(suppress(apart).map(({ score }) => score)).toEqual([0.9, 0.7, 0.6])
    for (const face of suppress(apart)) expect(apart).toContainEqual(face)
  })

  test('makes one of two that overlap: their mean weighted by score, the better score', () => {
    const [face, ...rest] = suppress([candidate(0, 0, 100, 0.6), candidate(10, 20, 100, 0.9)])
    expect(rest).toEqual([])
    expect(face!.score).toBe(0.9)
    expect(face!.box).toMatchObject({
      x: expect.closeTo(6, 9),
      y: expect.closeTo(12, 9),
      width: expect.closeTo(100, 9),
    })
    expect(face!.points[5]).toEqual([expect.closeTo(11, 9), expect.closeTo(22, 9)])
  })

  test('the best of all stays, each face has its own candidates, and all are used', () => {
    for (let round = 0; round < 100; round++) {
      const all = crowd(1 + random.integer(40))
      const faces = suppress(all)
      const scores = faces.map(({ score }) => score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      expect(scores[0]).toBe(Math.max(...all.map(({ score }) => score)))
      // The best candidates of the faces, found by score, do not overlap; every candidate overlaps one of them.
      const bests = scores.map((score) => all.find((other) => other.score === score)!)
      for (const [i, a] of bests.entries()) {
        for (const b of bests.slice(i + 1)) expect(overlap(a.box, b.box)).toBeLessThanOrEqual(0.3)
      }
      for (const { box } of all)
        expect(bests.some((best) => best.box === box || overlap(best.box, box) > 0.3)).toBe(true)
    }
  })

  test('does not depend on the order', () => {
    for (let round = 0; round < 30; round++) {
      const all = crowd(30)
      const shuffled = Array.from(random.permutation(all.length), (i) => all[i]!)
      const faces = suppress(all)
      for (const [i, face] of suppress(shuffled).entries()) {
        expect(face.score).toBe(faces[i]!.score)
        expect(face.box.x).toBeCloseTo(faces[i]!.box.x, 9)
      }
    }
  })
})
