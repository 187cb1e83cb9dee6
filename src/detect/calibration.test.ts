import { expect, test } from 'vitest'
import { calibrationOf, isCalibrated, probabilityOf, uncalibrated } from './calibration.ts'

test('without a calibration the probability is the softmax of the logits', () => {
  expect(calibrationOf({})).toEqual(uncalibrated)
  expect(isCalibrated({})).toBe(false)
  for (const [real, fake] of [
    [0, 0],
    [1.5, -2],
    [-3, 4],
  ] as const) {
    const softmax = Math.exp(fake) / (Math.exp(real) + Math.exp(fake))
    expect(probabilityOf([real, fake], uncalibrated)).toBeCloseTo(softmax, 12)
  }
  expect(probabilityOf([900, -900], uncalibrated)).toBe(0)
})

test('a calibration scales and shifts the margin, and keeps the order', () => {
  const calibration = calibrationOf({ calibration: '{"scale":0.5,"offset":-1}' })
  expect(isCalibrated({ calibration: '{"scale":0.5,"offset":-1}' })).toBe(true)
  expect(probabilityOf([0, 2], calibration)).toBe(0.5)
  const margins = [-4, -1, 0, 2, 9]
  const probabilities = margins.map((margin) => probabilityOf([0, margin], calibration))
  expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b))
})

test('of what cannot be read an error shows the beginning', () => {
  const read = () => calibrationOf({ calibration: `{"scale":1,"offset":[${'0,'.repeat(5000)}0]}` })
  expect(read).toThrow(/^the model's calibration cannot be read: \{"scale":1,"offset":\[[0,]{10,60} \.\.\.$/)
})

test.each(['{', '{"scale":-1,"offset":0}', '{"scale":1}', '{"scale":1,"offset":0,"shift":1}'])('refuses %s', (text) => {
  expect(() => calibrationOf({ calibration: text })).toThrow(expect.objectContaining({ code: 'model-format' }))
})
