import type { DType, Shape } from '../../tensor/tensor.ts'
import type { Attributes, NoAttributes, OperatorName } from '../operators/attributes.ts'

/** Inputs and attributes that do not fit together. */
export interface WrongUse<A> {
  readonly shapes: readonly Shape[]
  /** Default: all float32. */
  readonly dtypes?: readonly DType[]
  readonly attributes: A
  /** Part of the message. */
  readonly because: string
}

const unary: readonly WrongUse<NoAttributes>[] = [
  { shapes: [[1], [1]], attributes: {}, because: 'takes 1 inputs, not 2' },
  { shapes: [[1]], dtypes: ['int32'], attributes: {}, because: 'takes float32 or float64, not int32' },
]
const binary: readonly WrongUse<NoAttributes>[] = [
  { shapes: [[1]], attributes: {}, because: 'takes 2 inputs, not 1' },
  { shapes: [[1], [1]], dtypes: ['float32', 'float64'], attributes: {}, because: 'inputs of one type' },
  { shapes: [[2, 3], [2]], attributes: {}, because: '[2,3] and [2] do not broadcast' },
  { shapes: [[0], [3]], attributes: {}, because: 'do not broadcast' },
]
const limited = [
  ...unary.map((use) => ({ ...use, attributes: { low: 0, high: 1 } })),
  { shapes: [[1]], attributes: { low: 1, high: 0 }, because: 'the limits 1 and 0 are not in order' },
  { shapes: [[1]], attributes: { low: Number.NaN, high: 0 }, because: 'the limits NaN and 0 are not in order' },
]
const reduction = [
  { shapes: [[2, 3]], attributes: { axes: [2] }, because: 'axes [2] are not distinct axes of rank 2' },
  { shapes: [[2, 3]], attributes: { axes: [-1] }, because: 'axes [-1]' },
  { shapes: [[2, 3]], attributes: { axes: [1, 1] }, because: 'not distinct' },
  { shapes: [[2, 3]], attributes: { axes: [0.5] }, because: 'axes [0.5]' },
  { shapes: [[2, 3]], dtypes: ['bool'], attributes: { axes: [0] }, because: 'not bool' },
] as const

const plain: Attributes['conv'] = { strides: [1], before: [0], after: [0], groups: 1 }
const channels = (x: Shape, count: number): Shape[] => [x, ...Array.from({ length: count - 1 }, () => [3])]

/** What each shape rule refuses. */
export const wrongUses: { readonly [K in OperatorName]: readonly WrongUse<Attributes[K]>[] } = {
  neg: unary,
  abs: unary,
  exp: unary,
  log: unary,
  sqrt: unary,
  relu: unary,
  sigmoid: unary,
  tanh: unary,
  erf: unary,
  gelu: unary,
  leakyRelu: [
    ...unary.map((use) => ({ ...use, attributes: { slope: 0.1 } })),
    { shapes: [[1]], attributes: { slope: Number.NaN }, because: 'a slope of NaN is no number' },
  ],
  clip: limited,
  between: limited,
  stopGradient: unary,
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  sum: reduction,
  mean: reduction,
  max: reduction,
  reshape: [
    { shapes: [[2, 3]], attributes: { shape: [5] }, because: '[2,3] does not have the 5 elements of [5]' },
    { shapes: [[2, 3]], attributes: { shape: [-2, -3] }, because: '[-2,-3] is not a shape' },
    { shapes: [[2, 3]], attributes: { shape: [1.5, 4] }, because: '[1.5,4] is not a shape' },
  ],
  expand: [
    { shapes: [[2, 3]], attributes: { shape: [2, 6] }, because: 'do not broadcast' },
    { shapes: [[2, 3]], attributes: { shape: [1, 3] }, because: '[2,3] does not expand to [1,3]' },
    { shapes: [[2, 3]], attributes: { shape: [3] }, because: '[2,3] does not expand to [3]' },
    { shapes: [[1]], attributes: { shape: [-2] }, because: '[-2] is not a shape' },
  ],
  transpose: [
    { shapes: [[2, 3]], attributes: { order: [0] }, because: 'order [0] does not name the 2 axes' },
    { shapes: [[2, 3]], attributes: { order: [0, 2] }, because: 'axes [0,2]' },
    { shapes: [[2, 3]], attributes: { order: [1, 1] }, because: 'not distinct' },
  ],
  slice: [
    { shapes: [[4]], attributes: { starts: [0, 0], ends: [1, 1], steps: [1, 1] }, because: 'each of the 1 axes' },
    { shapes: [[4]], attributes: { starts: [1], ends: [5], steps: [1] }, because: '[1] to [5] by [1]' },
    { shapes: [[4]], attributes: { starts: [-1], ends: [2], steps: [1] }, because: 'not inside [4]' },
    { shapes: [[4]], attributes: { starts: [2], ends: [2], steps: [1] }, because: 'not inside [4]' },
    { shapes: [[4]], attributes: { starts: [0], ends: [4], steps: [0] }, because: 'not inside [4]' },
    { shapes: [[4]], attributes: { starts: [0], ends: [2.5], steps: [1] }, because: 'not inside [4]' },
    { shapes: [[4]], attributes: { starts: [0], ends: [4], steps: [1.5] }, because: 'not inside [4]' },
  ],
  pad: [
    { shapes: [[4]], attributes: { before: [-1], after: [0] }, because: '[-1] and [0] are not padding of 1 axes' },
    { shapes: [[4]], attributes: { before: [0], after: [0, 0] }, because: 'not padding of 1 axes' },
    { shapes: [[4]], attributes: { before: [0.5], after: [0] }, because: 'not padding of 1 axes' },
  ],
  flip: [
    { shapes: [[4]], attributes: { axes: [1] }, because: 'axes [1]' },
    { shapes: [[4]], attributes: { axes: [0, 0] }, because: 'not distinct' },
  ],
  concat: [
    { shapes: [[2, 3], [2]], attributes: { axis: 0 }, because: 'inputs differ on another axis than 0' },
    {
      shapes: [
        [2, 3],
        [3, 3],
      ],
      attributes: { axis: 1 },
      because: 'inputs differ on another axis than 1',
    },
    { shapes: [[2, 3]], attributes: { axis: 2 }, because: 'axes [2]' },
    { shapes: [[2], [2]], dtypes: ['float64', 'float32'], attributes: { axis: 0 }, because: 'inputs of one type' },
  ],
  matmul: [
    { shapes: [[2, 3], [3]], attributes: {}, because: 'takes matrices' },
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      attributes: {},
      because: 'inner sizes 3 and 2 differ',
    },
    {
      shapes: [
        [2, 2, 3],
        [3, 3, 2],
      ],
      attributes: {},
      because: '[2] and [3] do not broadcast',
    },
  ],
  conv: [
    { shapes: [[1, 2], [1, 2]], attributes: plain, because: 'takes x [B, C, ...space]' }, // biome-ignore format: one line
    { shapes: [[1, 2, 4], [1, 2, 4, 4]], attributes: plain, because: 'takes x [B, C, ...space]' }, // biome-ignore format: one line
    { shapes: [[1, 3, 4], [1, 2, 1]], attributes: plain, because: '3 channels are not 1 groups of 2' }, // biome-ignore format: one line
    { shapes: [[1, 4, 4], [3, 2, 1]], attributes: { ...plain, groups: 2 }, because: '3 output channels do not divide' }, // biome-ignore format: one line
    { shapes: [[1, 2, 4], [1, 2, 5]], attributes: plain, because: 'larger than the padded input' }, // biome-ignore format: one line
    { shapes: [[1, 2, 4], [1, 2, 3]], attributes: { ...plain, strides: [1, 1] }, because: 'each of the 1 spatial axes' }, // biome-ignore format: one line
    { shapes: [[1, 2, 4], [1, 2, 3]], attributes: { ...plain, strides: [0] }, because: 'strides [0]' }, // biome-ignore format: one line
    { shapes: [[1, 2, 4], [1, 2, 3]], attributes: { ...plain, strides: [1.5] }, because: 'strides [1.5]' }, // biome-ignore format: one line
    { shapes: [[1, 2, 4], [1, 2, 3]], attributes: { ...plain, before: [-1] }, because: 'padding [-1] and [0]' }, // biome-ignore format: one line
    { shapes: [[1, 0, 4], [0, 0, 3]], attributes: { ...plain, groups: 0 }, because: '0 groups are not' }, // biome-ignore format: one line
  ],
  batchNorm: [
    { shapes: channels([2, 4], 3), attributes: { epsilon: 1 }, because: '[3] is not one number a channel' },
    { shapes: channels([3], 3), attributes: { epsilon: 1 }, because: 'takes x [B, C, ...]' },
    { shapes: channels([2, 3], 2), attributes: { epsilon: 1 }, because: 'takes 3 inputs, not 2' },
    { shapes: [[2, 3], [1, 3], [3]], attributes: { epsilon: 1 }, because: '[1,3] is not one number a channel' },
  ],
  normalise: [
    { shapes: channels([2, 4], 5), attributes: { epsilon: 1 }, because: '[3] is not one number a channel' },
    { shapes: channels([2, 3], 3), attributes: { epsilon: 1 }, because: 'takes 5 inputs, not 3' },
  ],
}
