import * as op from '../ops.ts'
import type { TensorType, Value } from '../types.ts'
import type { Attributes, NoAttributes } from './attributes.ts'
import { demand, demandFloats, type Operator } from './operator.ts'

type UnaryRule = (dy: Value, x: Value, y: Value) => Value
type BinaryRule = (dy: Value, x: Value, y: Value, z: Value) => Value

function sameType(inputs: readonly TensorType[]): readonly TensorType[] {
  demandFloats(inputs, 1)
  return [inputs[0]!]
}

/** y = f(x) for each element; `rule` gives dx. */
function unary(onnxName: string, rule: UnaryRule | 'zero'): Operator<NoAttributes> {
  return {
    infer: sameType,
    onnx: (emit, inputs) => emit.node(onnxName, inputs),
    gradient:
      rule === 'zero' ? 'zero' : ({ inputs, outputs, gradients }) => [rule(gradients[0]!, inputs[0]!, outputs[0]!)],
  }
}

/** Shape of two operands stretched to each other, as in NumPy. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i, rank = Math.max(a.length, b.length)) => {
    const left = a[a.length - rank + i] ?? 1
    const right = b[b.length - rank + i] ?? 1
    demand(left === right || left === 1 || right === 1, `[${a}] and [${b}] do not broadcast`)
    return left === 1 ? right : left
  })
}

/** z = f(x, y) for each pair of elements after broadcasting; the rules give dx and dy of the stretched operands. */
function binary(onnxName: string, rules: readonly [BinaryRule, BinaryRule]): Operator<NoAttributes> {
  return {
    infer: (inputs) => {
      demandFloats(inputs, 2)
      return [{ dtype: inputs[0]!.dtype, shape: broadcast(inputs[0]!.shape, inputs[1]!.shape) }]
    },
    onnx: (emit, inputs) => emit.node(onnxName, inputs),
    gradient: ({ inputs, outputs, gradients, needs }) =>
      rules.map((rule, i) => {
        if (!needs(i)) return undefined
        return op.sumTo(rule(gradients[0]!, inputs[0]!, inputs[1]!, outputs[0]!), inputs[i]!.shape)
      }),
  }
}

function limited(inputs: readonly TensorType[], { low, high }: Attributes['clip']): readonly TensorType[] {
  demand(low <= high, `the limits ${low} and ${high} are not in order`)
  return sameType(inputs)
}

const clip: Operator<Attributes['clip']> = {
  infer: limited,
  onnx: (emit, [x], { low, high }, types) => {
    const limit = (value: number) => (Number.isFinite(value) ? emit.scalar(value, types.inputs[0]!.dtype) : '')
    return emit.node('Clip', [x!, limit(low), limit(high)])
  },
  gradient: ({ inputs, gradients, attributes }) => [op.mul(gradients[0]!, op.between(inputs[0]!, attributes))],
}

const between: Operator<Attributes['between']> = {
  infer: limited,
  onnx: (emit, [x], { low, high }, types) => {
    const { dtype } = types.inputs[0]!
    const tests: string[] = []
    const unlimited = low === -Infinity && high === Infinity // there must be one test at least
    if (low > -Infinity || unlimited) tests.push(...emit.node('Greater', [x!, emit.scalar(low, dtype)]))
    if (high < Infinity || unlimited) tests.push(...emit.node('Less', [x!, emit.scalar(high, dtype)]))
    const to = { to: { int: dtype === 'float64' ? 11 : 1 } }
    const masks = tests.map((test) => emit.node('Cast', [test], to)[0]!)
    return masks.length === 1 ? masks : emit.node('Mul', masks)
  },
  gradient: 'zero',
}

const leakyRelu: Operator<Attributes['leakyRelu']> = {
  infer: (inputs, { slope }) => {
    demand(Number.isFinite(slope), `a slope of ${slope} is no number`)
    return sameType(inputs)
  },
  onnx: (emit, inputs, { slope }) => emit.node('LeakyRelu', inputs, { alpha: { float: slope } }),
  gradient: ({ inputs, gradients, attributes: { slope } }) => {
    return [op.mul(gradients[0]!, op.add(op.mul(op.positive(inputs[0]!), 1 - slope), slope))]
  },
}

export const elementwise = {
  neg: unary('Neg', (dy) => op.neg(dy)),
  abs: unary('Abs', (dy, x) => op.mul(dy, op.sub(op.positive(x), op.positive(op.neg(x))))),
  exp: unary('Exp', (dy, _x, y) => op.mul(dy, y)),
  log: unary('Log', (dy, x) => op.div(dy, x)),
  // d sqrt(x) = 1 / (2 sqrt(x)); infinite at 0, so callers keep away from it (see ops.norm)
  sqrt: unary('Sqrt', (dy, _x, y) => op.div(op.mul(dy, 0.5), y)),
  relu: unary('Relu', (dy, _x, y) => op.mul(dy, op.positive(y))),
  // s' = s (1 - s)
  sigmoid: unary('Sigmoid', (dy, _x, y) => op.mul(dy, op.mul(y, op.sub(1, y)))),
  // tanh' = 1 - tanh^2
  tanh: unary('Tanh', (dy, _x, y) => op.mul(dy, op.sub(1, op.mul(y, y)))),
  // erf' = 2 / sqrt(pi) exp(-x^2)
  erf: unary('Erf', (dy, x) => op.mul(dy, op.mul(op.exp(op.neg(op.mul(x, x))), 2 / Math.sqrt(Math.PI)))),
  // gelu(x) = x P(x) with the normal distribution function P and density p: gelu' = P(x) + x p(x)
  gelu: unary('Gelu', (dy, x) => {
    const distribution = op.mul(op.add(op.erf(op.mul(x, Math.SQRT1_2)), 1), 0.5)
    const density = op.mul(op.exp(op.mul(op.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
    return op.mul(dy, op.add(distribution, op.mul(x, density)))
  }),
  leakyRelu,
  clip,
  between,
  stopGradient: unary('Identity', 'zero'),
  add: binary('Add', [(dz) => dz, (dz) => dz]),
  sub: binary('Sub', [(dz) => dz, (dz) => op.neg(dz)]),
  mul: binary('Mul', [(dz, _x, y) => op.mul(dz, y), (dz, x) => op.mul(dz, x)]),
  // z = x / y: dx = dz / y, dy = -dz z / y
  div: binary('Div', [(dz, _x, y) => op.div(dz, y), (dz, _x, y, z) => op.neg(op.div(op.mul(dz, z), y))]),
}
