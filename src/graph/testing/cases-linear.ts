import type { Shape } from '../../tensor/tensor.ts'
import type { Attributes } from '../operators/attributes.ts'
import type { Case, ChecksOf } from './case.ts'
import { randomConvolutions } from './random-convolutions.ts'

const matrices: readonly (readonly [Shape, Shape])[] = [
  [
    [2, 3],
    [3, 4],
  ],
  [
    [1, 3],
    [3, 1],
  ],
  [
    [5, 2, 3],
    [5, 3, 2],
  ],
  [
    [5, 2, 3],
    [3, 2],
  ],
  [
    [2, 3],
    [5, 3, 2],
  ],
  [
    [2, 1, 2, 3],
    [4, 3, 2],
  ],
  [
    [3, 2, 2],
    [2, 1, 2, 3],
  ],
  [
    [2, 4, 2, 3],
    [1, 1, 3, 2],
  ],
  [
    [2, 2, 2, 3],
    [3, 2],
  ],
]

type Matmul = Case<Attributes['matmul']>

const turn = (shape: Shape) => [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!]

/** All products with either operand transposed; in both types, as they are written differently. */
const products: readonly Matmul[] = matrices.flatMap(([left, right]): Matmul[] => [
  { shapes: [left, right], attributes: {} },
  { shapes: [turn(left), right], attributes: { transposeLeft: true }, dtype: 'float32' },
  { shapes: [left, turn(right)], attributes: { transposeRight: true }, dtype: 'float32' },
  { shapes: [turn(left), turn(right)], attributes: { transposeLeft: true, transposeRight: true }, dtype: 'float32' },
  { shapes: [turn(left), right], attributes: { transposeLeft: true, transposeRight: false } },
  { shapes: [left, turn(right)], attributes: { transposeRight: true } },
])

type Conv = Case<Attributes['conv']>

/** x [B, C, ...size], w [O, C / groups, ...kernel]. */
function conv(x: Shape, w: Shape, options: Partial<Attributes['conv']> = {}): Conv {
  const every = (value: number) => w.slice(2).map(() => value)
  return {
    shapes: [x, w],
    attributes: { strides: every(1), before: every(0), after: every(0), groups: 1, ...options },
  }
}

const sides = (before: readonly number[], after: readonly number[] = before) => ({ before, after })

const convolutions: readonly Conv[] = [
  // one axis
  conv([2, 3, 7], [4, 3, 3], sides([1])),
  conv([2, 3, 7], [4, 3, 3], { strides: [2], ...sides([0], [2]) }),
  conv([1, 2, 8], [2, 2, 2], { strides: [3] }),
  conv([1, 1, 3], [1, 1, 5], sides([2], [1])),
  conv([1, 1, 1], [1, 1, 4], sides([0], [4])),
  conv([1, 1, 2], [1, 1, 2], sides([5], [0])),
  conv([2, 4, 5], [6, 2, 3], { groups: 2, ...sides([1]) }),
  conv([2, 4, 6], [4, 1, 3], { groups: 4, strides: [2], ...sides([1]) }),
  // two axes
  conv([2, 3, 5, 4], [2, 3, 3, 3], sides([1, 1])),
  conv([2, 2, 5, 4], [3, 2, 3, 2], sides([0, 2], [1, 0])),
  conv([2, 3, 6, 5], [2, 3, 3, 3], { strides: [2, 2], ...sides([1, 1]) }),
  conv([1, 2, 7, 6], [2, 2, 3, 2], { strides: [3, 1], ...sides([1, 0], [2, 1]) }),
  conv([1, 2, 9, 7], [2, 2, 1, 2], { strides: [2, 3] }),
  conv([2, 5, 3, 3], [4, 5, 1, 1]),
  conv([2, 3, 5, 6], [4, 3, 1, 1], { strides: [2, 2] }),
  conv([1, 2, 2, 3], [2, 2, 5, 4], sides([2, 1], [3, 2])),
  conv([2, 6, 4, 4], [6, 2, 3, 3], { groups: 3, ...sides([1, 1]) }),
  // channel by channel: four make a block, other counts do not
  conv([2, 8, 5, 5], [8, 1, 3, 3], { groups: 8, ...sides([1, 1]) }),
  conv([2, 8, 5, 6], [8, 1, 3, 3], { groups: 8, strides: [2, 2], ...sides([1, 1]) }),
  conv([2, 6, 4, 4], [6, 1, 3, 3], { groups: 6, ...sides([1, 1]) }),
  conv([1, 4, 4, 3], [8, 1, 2, 3], { groups: 4, ...sides([1, 0]) }),
  conv([1, 4, 3, 3], [4, 1, 1, 1], { groups: 4 }),
  // three axes
  conv([1, 2, 3, 4, 4], [3, 2, 3, 3, 3], sides([1, 1, 1])),
  conv([2, 2, 3, 5, 4], [2, 2, 1, 3, 3], { strides: [1, 2, 2], ...sides([0, 1, 1]) }),
  conv([1, 2, 5, 4, 6], [2, 2, 3, 2, 3], { strides: [2, 1, 3], ...sides([1, 0, 2], [0, 1, 1]) }),
  conv([1, 2, 4, 4, 4], [3, 2, 1, 1, 1], { strides: [2, 2, 2] }),
  conv([1, 4, 3, 3, 3], [4, 1, 3, 3, 3], { groups: 4, ...sides([1, 1, 1]) }),
  conv([1, 4, 4, 3, 3], [6, 2, 3, 2, 2], { groups: 2, strides: [2, 1, 2], ...sides([1, 1, 0]) }),
]

export const linearChecks: ChecksOf<'matmul' | 'conv'> = {
  matmul: {
    method: 'exact',
    cases: [
      ...products,
      { shapes: [[2, 3, 3]], attributes: {}, wiring: [0, 0] },
      { shapes: [[2, 3, 2]], attributes: { transposeLeft: true }, wiring: [0, 0] },
    ],
  },
  // the engine convolves in float32 only; of whole numbers that is exact
  conv: { method: 'exact', dtype: 'float32', cases: [...convolutions, ...randomConvolutions(40)] },
}
