import { describe, expect, test } from 'vitest'
import { averageKeep, rateShare, type Schedule } from './schedule.ts'

const shares = (schedule: Schedule, warmup = 0, steps = 100) =>
  Array.from({ length: steps }, (_, step) => rateShare(step, { steps, warmup, schedule }))

describe('the learning rate', () => {
  test('rises in a straight line while warming up', () => {
    expect(shares({ kind: 'constant' }, 4).slice(0, 6)).toEqual([0.25, 0.5, 0.75, 1, 1, 1])
  })

  test('follows half a cosine to its floor', () => {
    const all = shares({ kind: 'cosine', floor: 0.1 })
    expect(all[0]).toBe(1)
    expect(all[50]).toBeCloseTo(0.55, 12)
    expect(all[99]).toBeCloseTo(0.1, 2)
    for (let i = 1; i < all.length; i++) expect(all[i]!).toBeLessThan(all[i - 1]!)
  })

  test('falls in steps', () => {
    const all = shares({ kind: 'step', every: 30, factor: 0.5 })
    expect([all[29], all[30], all[60], all[99]]).toEqual([1, 0.5, 0.25, 0.125])
  })

  test('stays and falls late', () => {
    const all = shares({ kind: 'late', last: 0.25 })
    expect(all[75]).toBe(1)
    expect(all[87]).toBeCloseTo(0.52, 12)
    expect(all[99]).toBeCloseTo(0.04, 12)
  })
})

test('averages forget the start and keep what they are told in the end', () => {
  expect(averageKeep(0, 0.99)).toBe(0.1)
  expect(averageKeep(90, 0.99)).toBeCloseTo(0.91, 12)
  expect(averageKeep(10_000, 0.99)).toBe(0.99)
})
