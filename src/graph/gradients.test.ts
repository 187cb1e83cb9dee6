/** The reverse walk: what it builds and what it does not. The rules of the operators have tests of their own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from '../runtime/index.ts'
import { float32 } from '../tensor/tensor.ts'
import { Graph, gradients, nodesOf, op, type Value } from './index.ts'
import { evaluate, numbersOf } from './testing/evaluate.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

const points = { a: [0.5, -1.5, 2], b: [3, 0.25, -1], c: [1, 2, -2] }

function start() {
  const graph = new Graph()
  const [a, b, c] = ['a', 'b', 'c'].map((name) => graph.input(name, 'float32', [3])) as [Value, Value, Value]
  return { graph, a, b, c }
}

/** The values' elements at the points. */
async function at(...values: Value[]): Promise<number[][]> {
  const outputs = Object.fromEntries(values.map((value, i) => [`y${i}`, value]))
  const feeds = Object.fromEntries(Object.entries(points).map(([name, data]) => [name, float32([3], data)]))
  const results = await evaluate(device, outputs, feeds)
  return values.map((_, i) => numbersOf(results[`y${i}`]!))
}

/** Names of the operators that a step adds to a graph. */
function added(graph: Graph, step: () => unknown): string[] {
  const before = graph.nodes.length
  step()
  return graph.nodes.slice(before).flatMap((node) => (node.kind === 'operator' ? [node.operator] : []))
}

describe('only what is needed is built', () => {
  test('the gradient of one operand of a product', () => {
    const { graph, a, b } = start()
    const y = op.mul(op.exp(a), op.tanh(b))
    const seed = graph.input('seed', 'float32', [3])
    expect(added(graph, () => gradients([y], [a], [seed]))).toEqual(['mul', 'mul'])
  })

  test('nothing for a branch that the wanted values have no part in', () => {
    const { graph, a, b, c } = start()
    const side = op.sigmoid(op.mul(op.exp(b), op.sqrt(op.square(c))))
    const y = op.add(op.neg(a), side)
    const seed = graph.input('seed', 'float32', [3])
    expect(added(graph, () => gradients([y], [a], [seed]))).toEqual(['neg'])
  })

  test('nothing below an intermediate value', () => {
    const { graph, a } = start()
    const h = op.sigmoid(op.exp(a))
    const y = op.neg(h)
    const seed = graph.input('seed', 'float32', [3])
    expect(added(graph, () => gradients([y], [h], [seed]))).toEqual(['neg'])
  })

  test('nothing for outputs that no objective needs', () => {
    const { graph, a } = start()
    const x = op.reshape(a, [3, 1])
    const one = op.full(a, [1], 1)
    const { y } = op.batchNorm(x, one, one, 1e-3)
    const seed = graph.input('seed', 'float32', [3, 1])
    const wrtScale = added(graph, () => gradients([y], [one], [seed]))
    expect(wrtScale).not.toContain('normalise')
  })

  test('a convolution whose input is data builds the gradient of its weights only', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [1, 2, 5])
    const w = graph.input('w', 'float32', [3, 2, 3])
    const y = op.conv(x, w, { strides: [1], before: [1], after: [1] })
    const wanted = gradients([y], [w])
    const convolutions = nodesOf(wanted).filter((node) => node.kind === 'operator' && node.operator === 'conv')
    expect(convolutions).toEqual([])
  })

  test('the same gradient twice is the same value', () => {
    const { graph, a, b } = start()
    const y = op.div(op.exp(a), b)
    const first = gradients([y], [a, b])
    const nodes = graph.nodes.length
    expect(gradients([y], [a, b])).toEqual(first)
    expect(graph.nodes).toHaveLength(nodes)
  })
})

describe('what flows', () => {
  test('along all paths, summed', async () => {
    const { a } = start()
    const h = op.mul(a, a)
    const y = op.add(op.mul(h, a), op.mul(h, 2)) // a^3 + 2 a^2
    const [slopes] = await at(...gradients([y], [a]))
    expect(slopes).toEqual(points.a.map((x) => 3 * x * x + 4 * x))
  })

  test('to inputs and values between them and the objective at once', async () => {
    const { a, b } = start()
    const h = op.mul(a, b)
    const y = op.mul(h, h)
    const [da, dh, dy] = await at(...gradients([y], [a, h, y]))
    expect(da).toEqual(points.a.map((x, i) => 2 * x * points.b[i]! ** 2))
    expect(dh).toEqual(points.a.map((x, i) => 2 * x * points.b[i]!))
    expect(dy).toEqual([1, 1, 1])
  })

  test('from an objective that is also on the way to another', async () => {
    const { a } = start()
    const h = op.mul(a, 3)
    const [da, dh] = await at(...gradients([h, op.mul(h, h)], [a, h]))
    expect(dh).toEqual(points.a.map((x) => 1 + 6 * x))
    expect(da).toEqual(points.a.map((x) => 3 * (1 + 6 * x)))
  })

  test('from several objectives with a seed each, and from the same one twice', async () => {
    const { a, b, c } = start()
    const [y, z] = [op.mul(a, a), op.mul(a, b)]
    const [da, db] = await at(...gradients([y, z, y], [a, b], [b, c, c]))
    expect(da).toEqual(points.a.map((x, i) => 2 * x * (points.b[i]! + points.c[i]!) + points.b[i]! * points.c[i]!))
    expect(db).toEqual(points.a.map((x, i) => x * points.c[i]!))
  })

  test('not past stopGradient, and on beside it', async () => {
    const { a } = start()
    const y = op.mul(a, op.stopGradient(op.mul(a, a)))
    const [da] = await at(...gradients([y], [a]))
    expect(da).toEqual(points.a.map((x) => x * x))
  })

  test('nothing to what no objective depends on, or only by way of a stop or a step', async () => {
    const { a, b, c } = start()
    const step = op.between(b, { low: 0, high: 1 })
    const y = op.add(op.mul(a, step), op.stopGradient(c))
    const slopes = await at(...gradients([y], [b, c, op.exp(a)]))
    expect(slopes).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ])
  })

  test('equally to all that share the maximum', async () => {
    const { a } = start()
    const twice = op.concat([a, a], 0)
    const [shares] = await at(...gradients([op.max(twice)], [twice]))
    expect(shares).toEqual([0, 0, 0.5, 0, 0, 0.5])
  })

  test('through 5,000 operations', () => {
    const { a, b } = start()
    let y = a
    for (let i = 0; i < 5000; i++) y = op.neg(y)
    const [da] = gradients([y], [a], [b])
    expect(nodesOf([da!])).toHaveLength(5001)
  })
})

describe('misuse', () => {
  const code = (expected: string) => expect.objectContaining({ code: expected })

  test('nothing to differentiate', () => {
    expect(() => gradients([], [])).toThrow(code('graph-use'))
  })

  test('a seed that does not fit its objective, or is missing', () => {
    const { graph, a } = start()
    const wrong = graph.input('seed', 'float32', [1])
    expect(() => gradients([a], [a], [wrong])).toThrow(code('graph-shape'))
    expect(() => gradients([a], [a], [wrong])).toThrow('the seed of objective 0 is float32[1], not float32[3]')
    expect(() => gradients([a, op.exp(a)], [a], [a])).toThrow('the seed of objective 1 is nothing, not float32[3]')
  })

  test('values that have no gradient', () => {
    const { graph, a } = start()
    const label = graph.input('label', 'int32', [3])
    expect(() => gradients([a], [label])).toThrow(code('graph-use'))
    expect(() => gradients([label], [a])).toThrow('not int32')
  })
})
