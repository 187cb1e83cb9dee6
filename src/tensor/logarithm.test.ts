import { expect, test } from 'vitest'
import { logarithm } from './logarithm.ts'

test('agrees with Math.log to two units in the last place over the whole normal range', () => {
  let value = 2 ** -1022
  while (value < 1e308) {
    const expected = Math.log(value)
    expect(Math.abs(logarithm(value) - expected)).toBeLessThanOrEqual(
      2 ** -51 * Math.max(Math.abs(expected), 2 ** -1022),
    )
    value *= 1.0371
  }
})

test('keeps its relative accuracy near 1, where the logarithm vanishes', () => {
  for (const distance of [1e-3, 1e-6, 1e-9, 2 ** -40, 2 ** -52]) {
    for (const value of [1 + distance, 1 - distance]) {
      const exact = Math.log1p(value - 1)
      expect(Math.abs(logarithm(value) / exact - 1)).toBeLessThan(2 ** -51)
    }
  }
  expect(logarithm(1)).toBe(0)
})
