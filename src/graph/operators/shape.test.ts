/** What the shape rules refuse, and how they say so. Right shapes are checked with the values, in forward.test.ts. */
import { expect, test } from 'vitest'
import { UnmaskError } from '../../errors.ts'
import { type DType, float32, type Shape } from '../../tensor/tensor.ts'
import { Graph, op } from '../index.ts'
import { wrongUses } from '../testing/wrong-uses.ts'
import type { OperatorName } from './attributes.ts'

function refusal(build: () => unknown): UnmaskError {
  try {
    build()
  } catch (error) {
    if (error instanceof UnmaskError) return error
    throw error
  }
  throw new Error('was not refused')
}

const inputs = (graph: Graph, shapes: readonly Shape[], dtypes: readonly DType[] = []) =>
  shapes.map((shape, i) => graph.input(`x${i}`, dtypes[i] ?? 'float32', shape))

test.each(Object.keys(wrongUses) as OperatorName[])('%s', (operator) => {
  for (const { shapes, dtypes, attributes, because } of wrongUses[operator]) {
    const graph = new Graph()
    const values = inputs(graph, shapes, dtypes)
    const error = refusal(() => graph.apply(operator, values, attributes as never))
    expect(error.code).toBe('graph-shape')
    const types = shapes.map((shape, i) => `${dtypes?.[i] ?? 'float32'}[${shape}]`).join(', ')
    expect(error.message).toContain(`node ${shapes.length}, ${operator}(${types})`)
    expect(error.message).toContain(because)
    expect(graph.nodes).toHaveLength(shapes.length)
  }
})

test('an operation on a refused value can be built again, and the attributes are in the message', () => {
  const graph = new Graph()
  const [x] = inputs(graph, [[2, 3]])
  for (let again = 0; again < 2; again++) {
    expect(refusal(() => op.reshape(x!, [4, 2])).message).toBe(
      'node 1, reshape(float32[2,3]) {"shape":[4,2]}: [2,3] does not have the 8 elements of [4,2]',
    )
  }
  expect(op.reshape(x!, [3, 2]).shape).toEqual([3, 2])
})

test('values of two graphs do not meet', () => {
  const [one, other] = [new Graph(), new Graph()]
  const x = one.input('x', 'float32', [1])
  const y = other.input('y', 'float32', [1])
  const error = refusal(() => op.add(x, y))
  expect(error.code).toBe('graph-use')
  expect(error.message).toContain('add: input 1 belongs to another graph')
})

test('an input name is given once', () => {
  const graph = new Graph()
  graph.input('x', 'float32', [1])
  expect(refusal(() => graph.input('x', 'float32', [2]))).toMatchObject({ code: 'graph-use' })
})

test('the shape given to a value is not the caller’s to change', () => {
  const graph = new Graph()
  const shape = [2, 3]
  const x = graph.input('x', 'float32', shape)
  const y = graph.constant(float32(shape, [1, 2, 3, 4, 5, 6]))
  shape[0] = 7
  expect([x.shape, y.shape]).toEqual([
    [2, 3],
    [2, 3],
  ])
})
