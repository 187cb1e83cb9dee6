import * as op from '../ops.ts'
import type { Value } from '../types.ts'
import { demandAxes, demandFloats, type Operator } from './operator.ts'

type Axes = { readonly axes: readonly number[] }

/** Number of elements that one result of a reduction gathers. */
function gathered(x: Value, axes: readonly number[]): number {
  return axes.reduce((product, axis) => product * x.shape[axis]!, 1)
}

/** A reduction over `axes` that stay with size 1; `rule` gives dx. */
function reduction(
  onnxName: string,
  rule: (dy: Value, x: Value, y: Value, axes: readonly number[]) => Value,
): Operator<Axes> {
  return {
    infer: (inputs, { axes }) => {
      demandFloats(inputs, 1)
      const { dtype, shape } = inputs[0]!
      demandAxes(axes, shape.length)
      return [{ dtype, shape: shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) }]
    },
    onnx: (emit, [x], { axes }) =>
      axes.length === 0
        ? emit.node('Identity', [x!])
        : emit.node(onnxName, [x!, emit.integers(axes)], { keepdims: { int: 1 } }),
    gradient: ({ inputs, outputs, gradients, attributes }) => [
      rule(gradients[0]!, inputs[0]!, outputs[0]!, attributes.axes),
    ],
  }
}

export const reduce = {
  sum: reduction('ReduceSum', (dy, x) => op.expand(dy, x.shape)),
  mean: reduction('ReduceMean', (dy, x, _y, axes) => op.expand(op.mul(dy, 1 / gathered(x, axes)), x.shape)),
  // shared equally among ties; x >= y holds at the maxima only
  max: reduction('ReduceMax', (dy, x, y, axes) => {
    const isMaximum = op.sub(1, op.positive(op.sub(y, x)))
    return op.mul(isMaximum, op.div(dy, op.sum(isMaximum, axes)))
  }),
}
