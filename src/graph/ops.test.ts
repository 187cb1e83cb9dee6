/** What is composed of the operators: values against plain formulas, gradients against differences. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../runtime/index.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { Graph, op, type Value } from './index.ts'
import { fill, type NumberArray, stretched, total } from './testing/array.ts'
import { type Domain, distinct, real } from './testing/domains.ts'
import { evaluate, numbersOf } from './testing/evaluate.ts'
import { fault } from './testing/judge.ts'
import { measure } from './testing/measure.ts'
import { place } from './testing/place.ts'
import { gradientOf, type Subject } from './testing/subject.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

interface Composition {
  readonly build: (x: Value) => Value
  /** From the array's elements, row by row. */
  readonly meaning: (row: readonly number[]) => readonly number[]
  readonly domain?: Domain
}

const length = (row: readonly number[]) => Math.hypot(...row)

/** All along the rows of x [3, 4]. */
const compositions: Readonly<Record<string, Composition>> = {
  square: { build: op.square, meaning: (row) => row.map((x) => x * x) },
  min: { build: (x) => op.min(x, [1]), meaning: (row) => [Math.min(...row)], domain: distinct },
  sum: { build: (x) => op.sum(x, [1]), meaning: (row) => [total(row)] },
  unit: { build: (x) => op.unit(x, 1), meaning: (row) => row.map((x) => x / length(row)) },
  logSoftmax: {
    build: (x) => op.logSoftmax(x, 1),
    meaning: (row) => row.map((x) => x - Math.log(total(row.map(Math.exp)))),
  },
  softMaximum: {
    build: (x) => op.softMaximum(x, 1),
    meaning: (row) => [Math.log(total(row.map(Math.exp)) / row.length)],
  },
  positive: { build: op.positive, meaning: (row) => row.map((x) => Number(x > 0)), domain: apartFromZero() },
  sumTo: {
    build: (x) => op.sumTo(op.mul(x, 2), [3, 1]),
    meaning: (row) => [2 * total(row)],
  },
}

function apartFromZero(): Domain {
  return (random, count) => real(random, count).map((x) => (x < 0 ? x - 0.5 : x + 0.5))
}

const subjectOf = (name: string, { build, domain = real }: Composition): Subject => ({
  name,
  method: name === 'positive' ? 'flat' : 'smooth',
  dtype: 'float64',
  inputs: [{ shape: [3, 4], domain }],
  build: ([x]) => [build(x!)],
})

test.each(Object.entries(compositions))('%s', async (name, composition) => {
  const subject = subjectOf(name, composition)
  const feeds: Record<string, Tensor> = {}
  const { points, outputs } = place(subject, new Graph(), feeds)
  const { y } = await evaluate(device, { y: outputs[0]! }, feeds)
  const rows = [0, 1, 2].map((i) => points[0]!.slice(4 * i, 4 * i + 4))
  const expected = rows.flatMap(composition.meaning)
  numbersOf(y!).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 12)
  })
  expect(y!.data).toHaveLength(expected.length)
  const twice = subject.method === 'smooth' ? [gradientOf(subject)] : []
  const measurements = await measure(device, [subject, ...twice])
  expect(measurements.flatMap((measurement) => fault(measurement) ?? [])).toEqual([])
})

test('log softmax of large numbers', async () => {
  const subject = subjectOf('large', { ...compositions.logSoftmax!, domain: (_, count) => Array.from({ length: count }, (_, i) => 1000 * i) }) // biome-ignore format: one line
  const feeds: Record<string, Tensor> = {}
  const { outputs } = place(subject, new Graph(), feeds)
  const { y } = await evaluate(device, { y: outputs[0]! }, feeds)
  expect(numbersOf(y!).slice(0, 4)).toEqual([-3000, -2000, -1000, 0])
})

test('a vector shorter than epsilon stays short, and its gradient finite', async () => {
  const zero: Domain = (_, count) => new Array<number>(count).fill(0)
  const subject = subjectOf('zero', { ...compositions.unit!, domain: zero })
  const [measurement] = await measure(device, [{ ...subject, method: 'cut' }])
  expect(measurement!.gradient.every(Number.isFinite)).toBe(true)
})

test('full, and the sums and means of everything', async () => {
  const graph = new Graph()
  const x = graph.constant({ dtype: 'float64', shape: [2, 2], data: Float64Array.of(1, 2, 3, 6) })
  const outputs = { full: op.full(x, [2, 3], 0.1), none: op.full(x, [], 7), total: op.total(x), mean: op.mean(x), max: op.max(x) } // biome-ignore format: one line
  const results = await evaluate(device, outputs)
  expect(results.full).toMatchObject({ shape: [2, 3], data: new Float64Array(6).fill(0.1) })
  expect(results.none).toMatchObject({ shape: [], data: Float64Array.of(7) })
  expect(results.total).toMatchObject({ shape: [], data: Float64Array.of(12) })
  expect(results.mean).toMatchObject({ shape: [1, 1], data: Float64Array.of(3) })
  expect(results.max).toMatchObject({ shape: [1, 1], data: Float64Array.of(6) })
})

test('broadcasting by the reference of the tests is NumPy’s', () => {
  const x: NumberArray = { shape: [2, 1], data: [1, 2] }
  expect(fill([2, 2, 2], (index) => stretched(x, index)).data).toEqual([1, 1, 2, 2, 1, 1, 2, 2])
})
