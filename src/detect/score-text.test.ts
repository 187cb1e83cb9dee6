import { expect, test } from 'vitest'
import { calledAt } from './operating-points.ts'
import { pointsText, scoreText } from './score-text.ts'

test.each([
  [0.5, 0.7, 0.4, '50 %'],
  [0.8, 0.8, 0.3, '80 %'],
  [0.796, 0.8, 0.3, '79.6 %'],
  [0.7999, 0.8, 0.3, '79.9 %'],
  [0.304, 0.8, 0.3, '30.4 %'],
  [0.7815, 0.782676, 0.3, '78 %'],
  [0.784, 0.782676, 0.3, '78.4 %'],
  [0.498, 0.5, 0.5, '49.8 %'],
  [0.992, 0.995, 0.3, '99.2 %'],
  [0.999, 0.995, 0.3, '> 99 %'],
  [0.004, 0.5, 0.5, '< 1 %'],
])('%f, fake from %f, real up to %f: %s', (probability, fakeFrom, realUpTo, text) => {
  expect(scoreText(probability, { fakeFrom, realUpTo })).toBe(text)
})

test('what is written is on the same side of the points as written as the probability is of the points', () => {
  const points = { fakeFrom: 0.782676, realUpTo: 0.321629 }
  expect(pointsText(points)).toBe('fake from 78.3 %, real up to 32.2 %')
  const shown = { fakeFrom: 78.3, realUpTo: 32.2 }
  for (let i = 1000; i < 99_000; i++) {
    const percent = Number.parseFloat(scoreText(i / 100_000, points))
    expect(calledAt(percent, shown)).toBe(calledAt(i / 100_000, points))
    expect(Math.abs(percent - i / 1000)).toBeLessThanOrEqual(0.5 + 1e-9)
  }
})
