import { expect, test } from 'vitest'
import { calledAt, operatingPointsOf } from './operating-points.ts'

test('without operating points one half decides, and nothing is between', () => {
  const points = operatingPointsOf({})
  expect(points).toEqual({ fakeFrom: 0.5, realUpTo: 0.5 })
  expect([0, 0.499, 0.5, 1].map((probability) => calledAt(probability, points))).toEqual([
    'real',
    'real',
    'fake',
    'fake',
  ])
})

test('between two points the score alone is uncertain', () => {
  const points = operatingPointsOf({ operatingPoints: '{"fakeFrom":0.7,"realUpTo":0.4}' })
  const called = [0, 0.4, 0.41, 0.69, 0.7, 1].map((probability) => calledAt(probability, points))
  expect(called).toEqual(['real', 'real', 'uncertain', 'uncertain', 'fake', 'fake'])
})

test.each([
  '{',
  '0.5',
  '{"fakeFrom":0.5}',
  '{"fakeFrom":0.4,"realUpTo":0.6}',
  '{"fakeFrom":1.5,"realUpTo":0.5}',
  '{"fakeFrom":0.5,"realUpTo":0.5,"threshold":0.5}',
])('refuses %s', (text) => {
  expect(() => operatingPointsOf({ operatingPoints: text })).toThrow(
    expect.objectContaining({ code: 'model-format', message: expect.stringContaining(text) }),
  )
})
