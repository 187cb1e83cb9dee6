import { expect, test } from 'vitest'
import { Graph, op, type Value } from '../graph/index.ts'
import { peakMemory } from './memory.ts'

const unit = 400 // bytes of a [10, 10]

function peak(build: (x: Value, w: Value) => Value): number {
  const graph = new Graph()
  const [x, w] = ['x', 'w'].map((name) => graph.input(name, 'float32', [10, 10]))
  return peakMemory([build(x!, w!)], (input) => input === 'x') / unit
}

test.each<[string, number, (x: Value, w: Value) => Value]>([
  ['a product needs input and result; weights do not count', 2, (x, w) => op.matmul(x, w)],
  ['a chain frees what was used', 2, (x, w) => op.matmul(op.matmul(op.matmul(x, w), w), w)],
  ['an input that is needed later stays', 3, (x, w) => op.add(op.matmul(op.matmul(x, w), w), x)],
  ['elementwise results take the place of their input', 1, (x) => op.exp(op.relu(x))],
  ['but not while it is needed', 2, (x) => op.mul(op.exp(x), x)],
  ['another shape is the same memory', 1, (x) => op.relu(op.reshape(x, [100]))],
  [
    'which stays as long as either is needed',
    3,
    (x, w) => op.add(op.matmul(op.reshape(op.reshape(x, [100]), [10, 10]), op.matmul(x, w)), x),
  ],
  ['a transposition moves', 2, (x) => op.transpose(x, [1, 0])],
])('%s', (_, expected, build) => {
  expect(peak(build)).toBe(expected)
})
