import type { ChecksOf } from './case.ts'
import { distinct } from './domains.ts'

const reductions = [
  { shapes: [[2, 3, 4]], attributes: { axes: [1] } },
  { shapes: [[2, 3, 4]], attributes: { axes: [0, 2] } },
  { shapes: [[2, 3, 4]], attributes: { axes: [2, 0, 1] } },
  { shapes: [[2, 1, 3]], attributes: { axes: [1] } },
  { shapes: [[5]], attributes: { axes: [0] } },
  { shapes: [[2, 2]], attributes: { axes: [] } },
  { shapes: [[]], attributes: { axes: [] } },
] as const

type Layout = 'sum' | 'mean' | 'max' | 'reshape' | 'expand' | 'transpose' | 'slice' | 'pad' | 'flip' | 'concat'

export const layoutChecks: ChecksOf<Layout> = {
  sum: { method: 'exact', cases: reductions },
  mean: { method: 'exact', cases: reductions },
  max: { method: 'smooth', domain: distinct, cases: reductions },
  reshape: {
    method: 'exact',
    cases: [
      { shapes: [[2, 6]], attributes: { shape: [3, 1, 4] } },
      { shapes: [[1, 1]], attributes: { shape: [] } },
      { shapes: [[]], attributes: { shape: [1, 1] } },
    ],
  },
  expand: {
    method: 'exact',
    cases: [
      { shapes: [[2, 1, 3]], attributes: { shape: [2, 4, 3] } },
      { shapes: [[3]], attributes: { shape: [2, 4, 3] } },
      { shapes: [[1, 3, 1]], attributes: { shape: [2, 2, 3, 2] } },
      { shapes: [[]], attributes: { shape: [2, 2] } },
    ],
  },
  transpose: {
    method: 'exact',
    cases: [
      { shapes: [[2, 3]], attributes: { order: [1, 0] } },
      // of order 3 and 4: a rule that forgets to invert would pass on a swap
      { shapes: [[2, 3, 4]], attributes: { order: [2, 0, 1] } },
      { shapes: [[2, 3, 1, 2]], attributes: { order: [3, 0, 1, 2] } },
      // not even joining axes that stay together makes a swap of these
      { shapes: [[2, 3, 4, 2]], attributes: { order: [1, 3, 0, 2] } },
      { shapes: [[2, 1, 3, 1, 2, 2]], attributes: { order: [3, 2, 5, 0, 1, 4] } },
      { shapes: [[1, 1, 3]], attributes: { order: [2, 0, 1] } },
      { shapes: [[]], attributes: { order: [] } },
    ],
  },
  slice: {
    method: 'exact',
    cases: [
      { shapes: [[4, 5]], attributes: { starts: [1, 0], ends: [3, 5], steps: [1, 1] } },
      { shapes: [[7, 6]], attributes: { starts: [1, 0], ends: [7, 6], steps: [2, 3] } },
      { shapes: [[8]], attributes: { starts: [0], ends: [7], steps: [3] } },
      { shapes: [[8]], attributes: { starts: [2], ends: [5], steps: [3] } },
      { shapes: [[9]], attributes: { starts: [1], ends: [2], steps: [5] } },
      // the last step ends beyond the axis
      { shapes: [[8]], attributes: { starts: [3], ends: [8], steps: [3] } },
      { shapes: [[2, 5]], attributes: { starts: [1, 4], ends: [2, 5], steps: [7, 2] } },
      { shapes: [[3, 4]], attributes: { starts: [0, 0], ends: [3, 4], steps: [1, 1] } },
    ],
  },
  pad: {
    method: 'exact',
    cases: [
      { shapes: [[2, 3]], attributes: { before: [1, 0], after: [0, 2] } },
      { shapes: [[2, 1, 2]], attributes: { before: [0, 3, 1], after: [2, 0, 1] } },
      { shapes: [[2]], attributes: { before: [0], after: [0] } },
    ],
  },
  flip: {
    method: 'exact',
    cases: [
      { shapes: [[2, 3]], attributes: { axes: [1] } },
      { shapes: [[2, 3, 2]], attributes: { axes: [2, 0] } },
      { shapes: [[3]], attributes: { axes: [] } },
    ],
  },
  concat: {
    method: 'exact',
    cases: [
      {
        shapes: [
          [2, 3],
          [2, 1],
          [2, 2],
        ],
        attributes: { axis: 1 },
      },
      {
        shapes: [
          [1, 2],
          [3, 2],
        ],
        attributes: { axis: 0 },
      },
      { shapes: [[2, 2]], wiring: [0, 0, 0], attributes: { axis: 1 } },
      { shapes: [[2, 2]], attributes: { axis: 0 } },
    ],
  },
}
