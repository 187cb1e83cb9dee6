import { describe, expect, test } from 'vitest'
import { faceProbability, mainFaces, videoProbability } from './aggregate.ts'

const face = (width: number, probability: number) => ({ width, probability })

test("a face's probability is the mean of its clips", () => {
  expect(faceProbability([{ probability: 0.2 }])).toBe(0.2)
  expect(faceProbability([0, 0.5, 1].map((probability) => ({ probability })))).toBe(0.5)
})

test('one sure clip does not outvote the others', () => {
  const probabilities = [0.99999, ...Array(9).fill(0.3)]
  expect(faceProbability(probabilities.map((probability) => ({ probability })))).toBeLessThan(0.5)
})

describe("a video's probability", () => {
  test('is the largest of its faces', () => {
    expect(videoProbability([face(100, 0.1), face(80, 0.9), face(120, 0.3)])).toBe(0.9)
  })

  test('leaves out faces less than half as wide as the widest', () => {
    expect(videoProbability([face(100, 0.1), face(49, 0.9)])).toBe(0.1)
    expect(videoProbability([face(100, 0.1), face(50, 0.9)])).toBe(0.9)
  })

  test('does not depend on the order of the faces, nor on their scale', () => {
    const faces = [face(30, 0.2), face(90, 0.4), face(44, 0.8), face(46, 0.6)]
    expect(videoProbability(faces)).toBe(0.6)
    expect(videoProbability(faces.toReversed())).toBe(0.6)
    expect(
      mainFaces(faces.map(({ width, ...rest }) => ({ ...rest, width: 7 * width }))).map(({ width }) => width),
    ).toEqual([630, 322])
  })
})
