/** What each operator computes against its plain reference, on the cases of the gradient checks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../../runtime/index.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import { Graph, op } from '../index.ts'
import type { NumberArray } from '../testing/array.ts'
import { checks, operatorNames, subjectsOf } from '../testing/cases.ts'
import { evaluate, numbersAs, numbersOf } from '../testing/evaluate.ts'
import { place } from '../testing/place.ts'
import { erf, type Reference, reference } from '../testing/reference.ts'
import type { Value } from '../types.ts'
import type { OperatorName } from './attributes.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

/** All cases of an operator: what the engine makes of them and what they mean. */
async function bothWays(operator: OperatorName) {
  const graph = new Graph()
  const outputs: Record<string, Value> = {}
  const feeds: Record<string, Tensor> = {}
  const expected: Record<string, NumberArray> = {}
  subjectsOf(operator).forEach((subject, n) => {
    const { wiring, objectives, attributes } = checks[operator].cases[n]!
    const { points, outputs: values } = place(subject, graph, feeds)
    const arrays = subject.inputs.map(({ shape }, i) => ({ shape, data: points[i]! }))
    const all = (reference[operator] as Reference<unknown>)(wiring?.map((i) => arrays[i]!) ?? arrays, attributes)
    values.forEach((value, j) => {
      const meant = all[objectives?.[j] ?? j]!
      expect(value.shape).toEqual(meant.shape)
      expect(value.dtype).toBe(subject.dtype)
      outputs[`${subject.name} y${j}`] = value
      expected[`${subject.name} y${j}`] = meant
    })
  })
  return { results: await evaluate(device, outputs, feeds), expected }
}

test.each(operatorNames)('%s', async (operator) => {
  const { results, expected } = await bothWays(operator)
  const tolerance = checks[operator].method === 'exact' ? 1e-14 : checks[operator].dtype === 'float32' ? 1e-6 : 1e-12
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect(results[name]!.shape, name).toEqual(shape)
    const found = numbersOf(results[name]!)
    const wrong = data.findIndex(
      (value, i) => !(Math.abs(found[i]! - value) <= tolerance * Math.max(1, Math.abs(value))),
    )
    if (wrong >= 0) expect(found[wrong], `${name} at ${wrong}`).toBe(data[wrong])
  }
})

test('known values of the error function and of gelu', async () => {
  // Abramowitz and Stegun, table 7.1; gelu(x) = x P(x) with the normal distribution function's table 26.1.
  const known = [
    { x: 0.5, erf: 0.5204998778, gelu: 0.5 * 0.6914624613 },
    { x: 1, erf: 0.8427007929, gelu: 0.8413447461 },
    { x: 2, erf: 0.995322265, gelu: 2 * 0.9772498681 },
    { x: -1, erf: -0.8427007929, gelu: -0.1586552539 },
    { x: 0, erf: 0, gelu: 0 },
  ]
  const x = new Graph().input('x', 'float32', [known.length])
  const feeds = { x: numbersAs('float32', x.shape, known.map((row) => row.x)) } // biome-ignore format: one line
  const results = await evaluate(device, { erf: op.erf(x), gelu: op.gelu(x) }, feeds)
  known.forEach((row, i) => {
    expect(erf(row.x)).toBeCloseTo(row.erf, 9)
    expect(results.erf!.data[i]).toBeCloseTo(row.erf, 6)
    expect(results.gelu!.data[i]).toBeCloseTo(row.gelu, 6)
  })
})
