import { describe, expect, test } from 'vitest'
import { float32, tensor } from '../tensor/tensor.ts'
import { Graph, inputsOf, nodesOf, op } from './index.ts'

const start = () => {
  const graph = new Graph()
  return { graph, x: graph.input('x', 'float32', [2, 3]), y: graph.input('y', 'float32', [2, 3]) }
}

describe('what is there already is not added again', () => {
  test('same operator, inputs and attributes', () => {
    const { graph, x, y } = start()
    const sum = op.sum(op.mul(op.exp(x), y), [1])
    const count = graph.nodes.length
    expect(op.sum(op.mul(op.exp(x), y), [1])).toBe(sum)
    expect(graph.nodes).toHaveLength(count)
  })

  test('another operator, order of inputs, input, result or attribute is another node', () => {
    const { graph, x, y } = start()
    const scale = graph.input('scale', 'float32', [3])
    const norm = op.batchNorm(x, scale, scale, 1e-3)
    const values = [
      op.sub(x, y),
      op.sub(y, x),
      op.add(x, y),
      op.sum(x, [0]),
      op.sum(x, [1]),
      op.sum(x, [0, 1]),
      op.mean(x, [0]),
      op.exp(norm.mean),
      op.exp(norm.variance),
      op.batchNorm(x, scale, scale, 1e-4).mean,
    ]
    expect(new Set(values)).toHaveLength(values.length)
  })

  test('limits that JSON cannot tell apart', () => {
    const { x } = start()
    const limits = [
      { low: 0, high: Infinity },
      { low: -0, high: Infinity },
      { low: -Infinity, high: 0 },
      { low: -Infinity, high: -0 },
      { low: -Infinity, high: Infinity },
      { low: Infinity, high: Infinity },
    ]
    const values = limits.flatMap(({ low, high }) => [op.between(x, { low, high }), op.clip(x, low, high)])
    expect(new Set(values)).toHaveLength(2 * limits.length)
  })

  test('small constants of equal type, shape and bits', () => {
    const { graph } = start()
    const constant = graph.constant(float32([2], [1, 2]))
    expect(graph.constant(float32([2], [1, 2]))).toBe(constant)
    const others = [
      float32([1, 2], [1, 2]),
      float32([2], [1, 3]),
      tensor('float64', [2], Float64Array.of(1, 2)),
      tensor('int32', [2], Int32Array.of(1, 2)),
      tensor('uint8', [2], Uint8Array.of(1, 0)),
      tensor('bool', [2], Uint8Array.of(1, 0)),
      float32([2], [0, 2]),
      float32([2], [-0, 2]),
    ]
    expect(new Set([constant, ...others.map((other) => graph.constant(other))])).toHaveLength(others.length + 1)
  })

  test('a part of a larger array is taken for what is in the part', () => {
    const { graph } = start()
    const all = Float32Array.of(1, 2, 3, 4)
    const [first, second] = [graph.constant(tensor('float32', [2], all.subarray(0, 2))), graph.constant(tensor('float32', [2], all.subarray(2)))] // biome-ignore format: one line
    expect(first).not.toBe(second)
    expect(graph.constant(float32([2], [3, 4]))).toBe(second)
  })

  test('large and named constants are kept apart', () => {
    const { graph } = start()
    const large = float32([17], new Float32Array(17))
    expect(graph.constant(large)).not.toBe(graph.constant(large))
    const small = float32([1], [0])
    expect(graph.constant(small, 'one')).not.toBe(graph.constant(small, 'other'))
  })
})

describe('short forms', () => {
  test('operations without effect give their input back', () => {
    const { x } = start()
    expect(op.reshape(x, [2, 3])).toBe(x)
    expect(op.expand(x, [2, 3])).toBe(x)
    expect(op.pad(x, [0, 0], [0, 0])).toBe(x)
    expect(op.slice(x, [0, 0], [2, 3])).toBe(x)
    expect(op.sliceAxis(x, 1, 0, 3)).toBe(x)
    expect(op.sumTo(x, [2, 3])).toBe(x)
  })

  test('a number stands for a constant of the other operand’s type', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float64', [2])
    expect(op.mul(2, x).dtype).toBe('float64')
    expect(op.sub(x, 1).shape).toEqual([2])
  })
})

describe('what values need', () => {
  test('nodes in topological order, each once, and the names of the inputs', () => {
    const { graph, x, y } = start()
    const h = op.exp(x)
    op.tanh(y)
    const z = op.mul(op.add(h, h), h)
    expect(nodesOf([z, h, z])).toEqual([x.node, h.node, op.add(h, h).node, z.node])
    expect(inputsOf([z])).toEqual(['x'])
    expect(inputsOf([op.add(y, z)])).toEqual(['x', 'y'])
    expect(nodesOf([])).toEqual([])
    expect(graph.nodes.map((node) => node.id)).toEqual(graph.nodes.map((_, i) => i))
  })
})
