import { expect, test } from 'vitest'
import { pace } from './pace.ts'

const times = (count: number, rate: number) =>
  Array.from({ length: count }, (_, i) => Math.round((i / rate) * 1e6) / 1e6)

test.each([24, 25, 29.97, 30, 50, 60])('a rate above that of the video keeps every frame (%d)', (rate) => {
  const all = times(10_000, rate)
  expect(all.filter(pace(rate))).toEqual(all)
  expect(all.filter(pace(rate + 1))).toEqual(all)
  expect(all.filter(pace(undefined))).toEqual(all)
})

test.each([
  [30, 10, 3],
  [60, 30, 2],
  [25, 5, 5],
])('of %d frames a second %d keep each %dth', (rate, wanted, step) => {
  const all = times(3000, rate)
  expect(all.filter(pace(wanted))).toEqual(all.filter((_, i) => i % step === 0))
})

test('a rate that does not divide is kept on average', () => {
  expect(times(3000, 30).filter(pace(7)).length).toBe(700)
})
