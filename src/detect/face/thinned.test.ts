import { expect, test } from 'vitest'
import { Thinned } from './thinned.ts'

test.each([1, 15, 16, 17, 100, 5000])('of %i items few are kept, evenly spread, the first among them', (count) => {
  const thinned = new Thinned<number>()
  for (let i = 0; i < count; i++) thinned.add(() => i)
  const { items } = thinned
  expect(items[0]).toBe(0)
  expect(items.length).toBeLessThan(16)
  expect(items.length).toBeGreaterThanOrEqual(Math.min(count, 8))
  const steps = new Set(items.slice(1).map((item, i) => item - items[i]!))
  expect(steps.size).toBeLessThanOrEqual(1)
  expect(count - items.at(-1)!).toBeLessThanOrEqual(steps.values().next().value ?? 1)
})

test('what is not kept is not made', () => {
  const thinned = new Thinned<number>()
  let made = 0
  for (let i = 0; i < 1000; i++) thinned.add(() => made++)
  expect(made).toBeLessThan(80)
})
