import { sizeOf } from '../../tensor/tensor.ts'
import * as op from '../ops.ts'
import type { Value } from '../types.ts'
import type { Attributes } from './attributes.ts'
import { broadcast } from './elementwise.ts'
import { demand, demandFloats, type Operator } from './operator.ts'

const swapped = (shape: readonly number[]) => [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!]

/** All rows of a batch as one matrix. */
const rows = (x: Value) => op.reshape(x, [sizeOf(x.shape) / x.shape.at(-1)!, x.shape.at(-1)!])

/** [..., M, K] x [..., K, N] -> [..., M, N], either operand transposed if so asked; leading axes broadcast. */
export const matmul: Operator<Attributes['matmul']> = {
  infer: (inputs, { transposeLeft, transposeRight }) => {
    demandFloats(inputs, 2)
    demand(
      inputs.every(({ shape }) => shape.length >= 2),
      'takes matrices',
    )
    const a = transposeLeft ? swapped(inputs[0]!.shape) : inputs[0]!.shape
    const b = transposeRight ? swapped(inputs[1]!.shape) : inputs[1]!.shape
    demand(a.at(-1) === b.at(-2), `inner sizes ${a.at(-1)} and ${b.at(-2)} differ`)
    const batch = broadcast(a.slice(0, -2), b.slice(0, -2))
    return [{ dtype: inputs[0]!.dtype, shape: [...batch, a.at(-2)!, b.at(-1)!] }]
  },
  onnx: (emit, [a, b], { transposeLeft = false, transposeRight = false }, types) => {
    if (!transposeLeft && !transposeRight) return emit.node('MatMul', [a!, b!])
    if (emit.beyondStandard && types.inputs[0]!.dtype === 'float32') {
      const attributes = { transA: { int: Number(transposeLeft) }, transB: { int: Number(transposeRight) } }
      return emit.node('com.microsoft.FusedMatMul', [a!, b!], attributes)
    }
    const transposed = (name: string, rank: number) => {
      const order = [...Array(rank).keys()]
      return emit.node('Transpose', [name], { perm: { ints: swapped(order) } })[0]!
    }
    return emit.node('MatMul', [
      transposeLeft ? transposed(a!, types.inputs[0]!.shape.length) : a!,
      transposeRight ? transposed(b!, types.inputs[1]!.shape.length) : b!,
    ])
  },
  // Y = A B: dA = dY B^T, dB = A^T dY, summed over broadcast axes; for a transposed operand, the same transposed
  gradient: ({ inputs, gradients, attributes, needs }) => {
    const [a, b] = inputs as [Value, Value]
    const { transposeLeft: left = false, transposeRight: right = false } = attributes
    const dy = gradients[0]!
    const da = () => {
      const product = left
        ? op.matmul(b, dy, { transposeLeft: right, transposeRight: true })
        : op.matmul(dy, b, { transposeRight: !right })
      return op.sumTo(product, a.shape)
    }
    const db = () => {
      if (b.shape.length === 2 && a.shape.length > 2 && !left) {
        // one product over all rows instead of one a batch and a sum
        return right
          ? op.matmul(rows(dy), rows(a), { transposeLeft: true })
          : op.matmul(rows(a), rows(dy), { transposeLeft: true })
      }
      const product = right
        ? op.matmul(dy, a, { transposeLeft: true, transposeRight: left })
        : op.matmul(a, dy, { transposeLeft: !left })
      return op.sumTo(product, b.shape)
    }
    return [needs(0) ? da() : undefined, needs(1) ? db() : undefined]
  },
  macs: ({ inputs, outputs }) =>
    (sizeOf(outputs[0]!.shape) * sizeOf(inputs[0]!.shape.slice(-2))) / outputs[0]!.shape.at(-2)!,
}
