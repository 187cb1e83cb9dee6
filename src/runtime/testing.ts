import { Graph, op, toOnnx, type Value } from '../graph/index.ts'
import { float32, type Tensor } from '../tensor/tensor.ts'

/** One step of gradient descent, w <- w - 0.1 g, with the sum of the new w as an output. State: w. */
export function descent(size: number): Uint8Array {
  const graph = new Graph()
  const w = graph.input('w', 'float32', [size])
  const next = op.sub(w, op.mul(graph.input('g', 'float32', [size]), 0.1))
  return toOnnx({ next, total: op.sum(next) })
}
export const descentOptions = { stateInputs: ['w'], updates: { next: 'w' }, training: true }

/** Adds 1 to the state `count` and returns the new count, after long work (0.1 s and more for 100 rounds). */
export function counter(rounds: number, side = 512): Uint8Array {
  const graph = new Graph()
  const count = graph.input('count', 'float32', [])
  const one = graph.constant(float32([side, side], new Float32Array(side * side).fill(1 / side)))
  // The state takes part, or the engine would do the work when it compiles.
  let x: Value = op.add(one, op.mul(count, 0))
  for (let round = 0; round < rounds; round++) x = op.matmul(x, one)
  const nothing = op.mul(op.reshape(op.mean(x), []), 0)
  const next = op.add(count, op.add(nothing, 1))
  return toOnnx({ next, now: next })
}
export const counterOptions = { stateInputs: ['count'], updates: { next: 'count' } }

/** A model that hands its input through. */
export function identity(tensor: Pick<Tensor, 'dtype' | 'shape'>): Uint8Array {
  const graph = new Graph()
  return toOnnx({ y: graph.input('x', tensor.dtype, tensor.shape) })
}
