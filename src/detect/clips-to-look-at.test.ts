import { expect, test } from 'vitest'
import { clipsToLookAt } from './clips-to-look-at.ts'

const layout = { snippets: 5, frames: 4 }
const beginnings = (seconds: number, every?: number) =>
  clipsToLookAt(seconds, layout, 25, every).clips.map(({ starts }) => starts[0]!)

test('up to eight clips are spread over a short video', () => {
  expect(beginnings(3)).toEqual([0])
  expect(beginnings(10)).toEqual([0, 2, 4, 6])
  expect(beginnings(32)).toEqual([0, 4, 8, 12, 16, 20, 24, 28])
  expect(beginnings(240)).toHaveLength(8)
})

test('of a long video each half minute is looked at, of a very long one 240 pieces', () => {
  expect(beginnings(600)).toHaveLength(20)
  expect(beginnings(3600)).toHaveLength(120)
  expect(beginnings(3600).slice(0, 3)).toEqual([13, 43, 73])
  expect(beginnings(36_000)).toHaveLength(240)
})

test('clips are as far apart as asked for', () => {
  expect(beginnings(60, 10)).toEqual([3, 13, 23, 33, 43, 53])
  expect(beginnings(9, 3)).toEqual([0, 3, 6])
})

test('what is left at the end belongs to the last clip', () => {
  const plan = clipsToLookAt(10.9, layout, 25, 2)
  expect(plan.clips.map(({ starts }) => starts[0])).toEqual([0, 2, 4, 6, 8])
  expect(plan.clips.at(-1)!.starts.at(-1)! + 4 / 25).toBeCloseTo(10.9, 12)
  expect(beginnings(0.04, 5)).toEqual([0])
})
