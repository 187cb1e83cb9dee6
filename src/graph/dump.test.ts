import { expect, test } from 'vitest'
import { float32 } from '../tensor/tensor.ts'
import { dump } from './dump.ts'
import { Graph } from './graph.ts'
import * as op from './ops.ts'

/** A small layer; `before` adds nodes that the outputs do not need. */
function layer(before: (graph: Graph) => void = () => {}) {
  const graph = new Graph()
  const x = graph.input('x', 'float32', [1, 3, 8, 8])
  before(graph)
  const kernel = graph.constant(float32([4, 3, 3, 3], new Float32Array(108)), 'kernel')
  const y = op.conv(x, kernel, { strides: [2, 2], before: [0, 0], after: [1, 1] })
  const scale = graph.input('scale', 'float32', [4])
  const normal = op.batchNorm(op.clip(y, 0, Infinity), scale, scale, 1e-5)
  return { y: op.mul(normal.y, 0.5), mean: normal.mean }
}

test('one line a node: inputs first, outputs last', () => {
  expect(dump(layer())).toBe(
    `\
x float32[1,3,8,8] = input
scale float32[4] = input
kernel float32[4,3,3,3] = constant
%0 float32[1,4,4,4] = conv(x, kernel) {strides: [2,2], before: [0,0], after: [1,1], groups: 1}
%1 float32[1,4,4,4] = clip(%0) {low: 0, high: Infinity}
%2.0 float32[1,4,4,4], %2.1 float32[4], %2.2 float32[4] = batchNorm(%1, scale, scale) {epsilon: 0.00001}
%3 float32[] = constant [0.5]
%4 float32[1,4,4,4] = mul(%2.0, %3)
output y = %4
output mean = %2.1
`,
  )
})

test('what the outputs do not need leaves no trace', () => {
  const unused = (graph: Graph) => op.exp(graph.constant(float32([2], [1, 2])))
  expect(dump(layer(unused))).toBe(dump(layer()))
})
