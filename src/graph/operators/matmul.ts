import { sizeOf } from '../../tensor/tensor.ts'
import * as op from '../ops.ts'
import type { NoAttributes } from './attributes.ts'
import { broadcast } from './elementwise.ts'
import { demand, demandFloats, type Operator } from './operator.ts'

/** [..., M, K] x [..., K, N] -> [..., M, N]; leading axes broadcast. */
export const matmul: Operator<NoAttributes> = {
  infer: (inputs) => {
    demandFloats(inputs, 2)
    const [a, b] = [inputs[0]!.shape, inputs[1]!.shape]
    demand(a.length >= 2 && b.length >= 2, 'takes matrices')
    demand(a.at(-1) === b.at(-2), `inner sizes ${a.at(-1)} and ${b.at(-2)} differ`)
    const batch = broadcast(a.slice(0, -2), b.slice(0, -2))
    return [{ dtype: inputs[0]!.dtype, shape: [...batch, a.at(-2)!, b.at(-1)!] }]
  },
  onnx: (emit, inputs) => emit.node('MatMul', inputs),
  // Y = A B: dA = dY B^T, dB = A^T dY, summed over broadcast axes
  gradient: ({ inputs, gradients, needs }) => {
    const [a, b] = inputs as [(typeof inputs)[0], (typeof inputs)[0]]
    const dy = gradients[0]!
    const da = () => op.sumTo(op.matmul(dy, op.transposeLast(b)), a.shape)
    const db = () => {
      if (b.shape.length > 2) return op.sumTo(op.matmul(op.transposeLast(a), dy), b.shape)
      // one product over all rows instead of one a batch and a sum
      const rows = (x: typeof a) => op.reshape(x, [sizeOf(x.shape) / x.shape.at(-1)!, x.shape.at(-1)!])
      return op.matmul(op.transposeLast(rows(a)), rows(dy))
    }
    return [needs(0) ? da() : undefined, needs(1) ? db() : undefined]
  },
  macs: ({ inputs, outputs }) => sizeOf(outputs[0]!.shape) * inputs[0]!.shape.at(-1)!,
}
