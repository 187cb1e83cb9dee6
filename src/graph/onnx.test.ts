/** The engine opens and runs what is written, and gives back what was meant. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from '../runtime/index.ts'
import { type DType, float32, type Tensor, tensor } from '../tensor/tensor.ts'
import { Graph, op, toOnnx, type Value } from './index.ts'
import { evaluate, numbersAs, numbersOf } from './testing/evaluate.ts'
import { readOnnx } from './testing/onnx-reader.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

/** Every name is defined once, and before it is used. */
function expectSound(outputs: Readonly<Record<string, Value>>): void {
  const { inputs, initializers, nodes, outputs: results } = readOnnx(toOnnx(outputs))
  const defined = new Set<string>()
  const define = (name: string) => {
    expect(defined, name).not.toContain(name)
    defined.add(name)
  }
  for (const name of [...inputs, ...initializers]) define(name)
  for (const node of nodes) {
    for (const name of node.inputs) if (name !== '') expect(defined, node.operator).toContain(name)
    node.outputs.forEach(define)
  }
  expect(results).toEqual(Object.keys(outputs))
  for (const name of results) expect(defined).toContain(name)
}

async function run(outputs: Readonly<Record<string, Value>>, feeds: Readonly<Record<string, Tensor>> = {}) {
  expectSound(outputs)
  const results = await evaluate(device, outputs, feeds)
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, numbersOf(value)]))
}

const three = float32([3], [1, 2, 3])

describe('names', () => {
  test.each(['with space', 'a/b.c:0', '"quoted"\n', 'größe 雪 🙂', '%', '%1', '0', 'Identity', 'x'])(
    '%j',
    async (name) => {
      const graph = new Graph()
      const x = graph.input(name, 'float32', [3])
      const constant = graph.constant(float32([3], [10, 20, 30]), `${name} constant`)
      const results = await run({ [`${name} result`]: op.add(op.mul(x, 2), constant) }, { [name]: three })
      expect(results).toEqual({ [`${name} result`]: [12, 24, 36] })
    },
  )

  test('inputs, outputs and constants that are named like what the writer makes up', async () => {
    const graph = new Graph()
    const x = graph.input('%1', 'float32', [3])
    const y = graph.input('%3', 'float32', [3])
    const constant = graph.constant(float32([3], [10, 20, 30]), '%2')
    const sum = op.add(op.mul(x, y), op.exp(op.mul(constant, 0)))
    const norm = op.batchNorm(op.reshape(sum, [3, 1]), op.full(sum, [1], 1), op.full(sum, [1], 0), 1)
    const outputs = { '%4': sum, '%5': norm.mean, '%6': op.neg(op.neg(sum)) }
    const results = await run(outputs, { '%1': three, '%3': float32([3], [4, 5, 6]) })
    expect(results).toEqual({ '%4': [5, 11, 19], '%5': [expect.closeTo(35 / 3, 5)], '%6': [5, 11, 19] })
  })

  test('a constant may bear a name that is taken: it is for viewers only', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3])
    const [first, second] = [graph.constant(three, 'x'), graph.constant(float32([3], [4, 5, 6]), 'x')]
    const y = graph.constant(float32([3], [7, 8, 9]), 'y')
    const results = await run({ y: op.add(op.add(x, first), second), unnamed: op.add(y, graph.constant(three, '')) }, { x: three }) // biome-ignore format: one line
    expect(results).toEqual({ y: [6, 9, 12], unnamed: [8, 10, 12] })
  })

  test('an input and an output of one name are the same value, or refused', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3])
    expect(await run({ x, y: op.neg(x) }, { x: three })).toEqual({ x: [1, 2, 3], y: [-1, -2, -3] })
    expect(() => toOnnx({ x: op.neg(x) })).toThrow(expect.objectContaining({ code: 'graph-use' }))
    expect(() => toOnnx({ x: op.neg(x) })).toThrow('"x"')
  })

  test('no name is empty', () => {
    const graph = new Graph()
    expect(() => graph.input('', 'float32', [])).toThrow(expect.objectContaining({ code: 'graph-use' }))
    const x = graph.input('x', 'float32', [3])
    expect(() => toOnnx({ '': op.neg(x) })).toThrow(expect.objectContaining({ code: 'graph-use' }))
  })
})

describe('outputs', () => {
  test('an input, a constant and a result, each under two names', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3])
    const constant = graph.constant(float32([2], [8, 9]), 'constant')
    const y = op.neg(x)
    const outputs = { a: x, b: x, c: constant, d: constant, e: y, f: y, g: op.neg(y) }
    const results = await run(outputs, { x: three })
    expect(results).toEqual({ a: [1, 2, 3], b: [1, 2, 3], c: [8, 9], d: [8, 9], e: [-1, -2, -3], f: [-1, -2, -3], g: [1, 2, 3] }) // biome-ignore format: one line
  })

  test('any of several results of one node', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3, 1])
    const one = graph.constant(float32([1], [1]))
    const { mean, variance } = op.batchNorm(x, one, one, 1)
    const results = await run({ variance, mean, twice: op.mul(mean, 2) }, { x: float32([3, 1], three.data) })
    expect(results).toEqual({ variance: [expect.closeTo(2 / 3)], mean: [2], twice: [4] })
  })

  test('what no output needs is left out', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3])
    op.exp(graph.input('unused', 'float32', [3]))
    graph.constant(three, 'also unused')
    const model = readOnnx(toOnnx({ y: op.neg(x) }))
    expect(model).toMatchObject({ inputs: ['x'], initializers: [], nodes: [{ operator: 'Neg' }] })
  })
})

describe('types and shapes', () => {
  const values: readonly Tensor[] = (['float32', 'float64', 'int32', 'int64', 'uint8', 'bool'] as DType[]).flatMap(
    (dtype) => [
      numbersAs(dtype, [2, 1], [1, 0]),
      numbersAs(dtype, [], [1]),
      numbersAs(dtype, [0], []),
      numbersAs(dtype, [2, 0, 3], []),
    ],
  )
  const halves = [tensor('float16', [2], Uint16Array.of(0x3c00, 0xc000))]

  test('constants of every type and shape, as outputs', async () => {
    const graph = new Graph()
    const all = [...values, ...halves]
    const outputs = Object.fromEntries(all.map((value, i) => [`${i}`, graph.constant(value)]))
    expectSound(outputs)
    const results = await evaluate(device, outputs)
    expect(all.map((_, i) => results[i])).toEqual(all)
  })

  test('inputs of every type and shape, as outputs', async () => {
    const graph = new Graph()
    const all = [...values, ...halves]
    const outputs = Object.fromEntries(all.map(({ dtype, shape }, i) => [`y${i}`, graph.input(`x${i}`, dtype, shape)]))
    const results = await evaluate(device, outputs, Object.fromEntries(all.map((value, i) => [`x${i}`, value])))
    expect(all.map((_, i) => results[`y${i}`])).toEqual(all)
  })

  test('extreme numbers survive', async () => {
    const graph = new Graph()
    const reals = float32([6], [Number.NaN, Infinity, -Infinity, -0, 2 ** -149, 3.4028234663852886e38])
    const large = tensor('int64', [2], BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n))
    const results = await evaluate(device, { reals: graph.constant(reals), large: graph.constant(large) })
    expect(results).toEqual({ reals, large })
  })

  test('a constant that is a part of a larger array', async () => {
    const part = tensor('float32', [2], Float32Array.of(1, 2, 3, 4, 5).subarray(2, 4))
    expect(await run({ y: new Graph().constant(part, 'part') })).toEqual({ y: [3, 4] })
  })

  test('operations on nothing', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2, 0, 3])
    const outputs = {
      sum: op.sum(x, [1]),
      moved: op.transpose(x, [2, 0, 1]),
      shaped: op.reshape(x, [0, 5]),
      joined: op.concat([x, x], 1),
      padded: op.pad(x, [0, 0, 0], [0, 1, 0]),
    }
    const results = await evaluate(device, outputs, { x: tensor('float32', [2, 0, 3], new Float32Array(0)) })
    for (const [name, value] of Object.entries(outputs)) expect(results[name]!.shape, name).toEqual(value.shape)
    expect(numbersOf(results.sum!)).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('the model', () => {
  const y = () => op.neg(new Graph().input('x', 'float32', [1]))

  test('says who made it, for which version, and its metadata', () => {
    const metadata = { purpose: 'größe 雪', empty: '', 'a key\n': '{"json": true}' }
    expect(readOnnx(toOnnx({ y: y() }, { metadata, name: 'small' }))).toMatchObject({
      irVersion: 10,
      producer: 'unmask',
      name: 'small',
      metadata,
      opsets: expect.arrayContaining([{ domain: '', version: 21 }]),
    })
  })

  test('is the same bytes for the same graph', () => {
    expect(toOnnx({ y: y() })).toEqual(toOnnx({ y: y() }))
  })

  test('needs an output', () => {
    expect(() => toOnnx({})).toThrow(expect.objectContaining({ code: 'graph-use' }))
  })

  test('is of one graph', () => {
    expect(() => toOnnx({ y: y(), z: y() })).toThrow(expect.objectContaining({ code: 'graph-use' }))
  })
})
