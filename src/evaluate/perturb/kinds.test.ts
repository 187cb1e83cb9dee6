import { expect, test } from 'vitest'
import { parsePerturbations, perturbationName, perturbations } from './kinds.ts'

const names = (text: string) => parsePerturbations(text).map(perturbationName)

test('every kind has five levels', () => {
  for (const levels of Object.values(perturbations)) expect(levels).toHaveLength(5)
  expect(parsePerturbations('all')).toHaveLength(35)
})

test('reads kinds and levels, each once and in the order of the table', () => {
  expect(names('noise:2')).toEqual(['noise:2'])
  expect(names('blur:3, contrast:1,blur:3')).toEqual(['contrast:1', 'blur:3'])
  expect(names('pixelation')).toEqual([1, 2, 3, 4, 5].map((level) => `pixelation:${level}`))
  expect(names('all,blur:1')).toHaveLength(35)
  expect(names('all:5')).toHaveLength(7)
})

test.each([
  ['nois', 'did you mean "noise"'],
  ['noise:6', 'is 1 to 5, e.g. noise:3'],
  ['noise:1:2', 'is 1 to 5'],
  ['', 'no perturbation is called ""'],
])('refuses "%s"', (text, message) => {
  expect(() => parsePerturbations(text)).toThrow(expect.objectContaining({ code: 'option-invalid' }))
  expect(() => parsePerturbations(text)).toThrow(message)
})
