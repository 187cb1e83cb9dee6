/** Every gradient rule against what it is the gradient of: cases and methods are in ../testing/cases.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from '../../runtime/index.ts'
import { operatorNames, subjectsOf } from '../testing/cases.ts'
import { fault } from '../testing/judge.ts'
import { type Measurement, measure } from '../testing/measure.ts'
import { mutations, mutationsOfZero } from '../testing/mutations.ts'
import { gradientOf } from '../testing/subject.ts'
import { operators } from './index.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

test('every operator of the table has cases', () => {
  expect([...operatorNames].sort()).toEqual(Object.keys(operators).sort())
  for (const operator of operatorNames) expect(subjectsOf(operator), operator).not.toHaveLength(0)
})

describe('first derivatives', () => {
  const subjects = new Map(operatorNames.map((operator) => [operator, subjectsOf(operator)]))
  let measurements: readonly Measurement[]
  beforeAll(async () => {
    measurements = await measure(device, [...subjects.values()].flat())
  })
  const of = (operator: (typeof operatorNames)[number]) => {
    const own = new Set(subjects.get(operator))
    return measurements.filter(({ subject }) => own.has(subject))
  }

  test.each(operatorNames)('%s: the gradient is the derivative', (operator) => {
    expect(of(operator).flatMap((measurement) => fault(measurement) ?? [])).toEqual([])
  })

  test.each(operatorNames)('%s: a wrong gradient of any input is noticed', (operator) => {
    const unnoticed: string[] = []
    const exercised = new Set<number>()
    for (const measurement of of(operator)) {
      const { gradient, subject, input } = measurement
      const isZero = gradient.every((value) => value === 0)
      if (!isZero) exercised.add(input)
      for (const [mistake, mutate] of Object.entries(isZero ? mutationsOfZero : mutations)) {
        if (!fault(measurement, mutate(gradient))) unnoticed.push(`${subject.name}, input ${input}: ${mistake}`)
      }
    }
    expect(unnoticed).toEqual([])
    const inputs = new Set(of(operator).map(({ input }) => input))
    expect(exercised).toEqual(operators[operator].gradient === 'zero' ? new Set() : inputs)
  })
})

test('second derivatives: the gradient of the gradient of every operator', async () => {
  const subjects = operatorNames.flatMap((operator) => subjectsOf(operator).slice(0, 12))
  const twice = subjects.filter(({ method }) => method === 'smooth' || method === 'exact').map(gradientOf)
  const measurements = await measure(device, twice)
  expect(measurements.flatMap((measurement) => fault(measurement) ?? [])).toEqual([])
})
