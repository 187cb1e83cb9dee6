// The inner loops. Terms are written out because loops of two to eight steps cost more than what they do, and indices are
// cut to 32 bits (`| 0`) because engines then leave out the test for overflow: it all is two to four times as fast so.

import type { Axis } from './axis.ts'

/** A plane of 8-bit samples within `data`. */
export interface Plane {
  readonly data: Uint8Array
  readonly offset: number
  readonly stride: number
}

/**
 * Row `row` of the result along `down`: writes `sums[x - from]` for the columns x from `from` to before `to`.
 */
export function weighRows(plane: Plane, from: number, to: number, down: Axis, row: number, sums: Float64Array): void {
  const { data, stride } = plane
  const { weights } = down
  const columns = (to - from) | 0
  let at = (plane.offset + down.first[row]! * stride + from) | 0
  let tap = row * down.room
  const end = tap + down.taps[row]!
  sums.fill(0, 0, columns)
  for (; end - tap >= 8; tap += 8, at += 8 * stride) addEightRows(data, at, stride, columns, weights, tap, sums)
  if (end - tap >= 4) {
    addFourRows(data, at, stride, columns, weights, tap, sums)
    tap += 4
    at += 4 * stride
  }
  if (end - tap >= 2) {
    addTwoRows(data, at, stride, columns, weights, tap, sums)
    tap += 2
    at += 2 * stride
  }
  if (end > tap) addRow(data, at, columns, weights[tap]!, sums)
}

type AddRows = (
  data: Uint8Array,
  at: number,
  stride: number,
  columns: number,
  weights: Float64Array,
  tap: number,
  sums: Float64Array,
) => void

const addEightRows: AddRows = (data, p, stride, columns, weights, tap, sums) => {
  const [a, b, c, d] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!]
  const [e, f, g, h] = [weights[tap + 4]!, weights[tap + 5]!, weights[tap + 6]!, weights[tap + 7]!]
  const [q, r, s] = [(p + stride) | 0, (p + 2 * stride) | 0, (p + 3 * stride) | 0]
  const [t, u, v, w] = [(p + 4 * stride) | 0, (p + 5 * stride) | 0, (p + 6 * stride) | 0, (p + 7 * stride) | 0]
  for (let x = 0; x < columns; x = (x + 1) | 0) {
    sums[x]! +=
      a * data[(p + x) | 0]! +
      b * data[(q + x) | 0]! +
      c * data[(r + x) | 0]! +
      d * data[(s + x) | 0]! +
      e * data[(t + x) | 0]! +
      f * data[(u + x) | 0]! +
      g * data[(v + x) | 0]! +
      h * data[(w + x) | 0]!
  }
}

const addFourRows: AddRows = (data, p, stride, columns, weights, tap, sums) => {
  const [a, b, c, d] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!]
  const [q, r, s] = [(p + stride) | 0, (p + 2 * stride) | 0, (p + 3 * stride) | 0]
  for (let x = 0; x < columns; x = (x + 1) | 0) {
    sums[x]! += a * data[(p + x) | 0]! + b * data[(q + x) | 0]! + c * data[(r + x) | 0]! + d * data[(s + x) | 0]!
  }
}

const addTwoRows: AddRows = (data, p, stride, columns, weights, tap, sums) => {
  const [a, b] = [weights[tap]!, weights[tap + 1]!]
  const q = (p + stride) | 0
  for (let x = 0; x < columns; x = (x + 1) | 0) sums[x]! += a * data[(p + x) | 0]! + b * data[(q + x) | 0]!
}

function addRow(data: Uint8Array, p: number, columns: number, weight: number, sums: Float64Array): void {
  for (let x = 0; x < columns; x = (x + 1) | 0) sums[x]! += weight * data[(p + x) | 0]!
}

/**
 * All samples along `across`, from sums that begin with column `across.low`. Weights of 0 are multiplied with what lies
 * beyond: `sums` must have `across.room` numbers more.
 */
export function weighColumns(sums: Float64Array, across: Axis, into: Float64Array): void {
  if (across.room === 2) weighTwo(sums, across, into)
  else if (across.room === 4) weighFour(sums, across, into)
  else weighEights(sums, across, into)
}

function weighTwo(sums: Float64Array, { first, weights, low, count }: Axis, into: Float64Array): void {
  for (let i = 0; i < count; i = (i + 1) | 0) {
    const p = (first[i]! - low) | 0
    const w = i << 1
    into[i] = weights[w]! * sums[p]! + weights[w | 1]! * sums[(p + 1) | 0]!
  }
}

function weighFour(sums: Float64Array, { first, weights, low, count }: Axis, into: Float64Array): void {
  for (let i = 0; i < count; i = (i + 1) | 0) {
    const p = (first[i]! - low) | 0
    const w = i << 2
    into[i] =
      weights[w]! * sums[p]! +
      weights[w | 1]! * sums[(p + 1) | 0]! +
      weights[w | 2]! * sums[(p + 2) | 0]! +
      weights[w | 3]! * sums[(p + 3) | 0]!
  }
}

function weighEights(sums: Float64Array, across: Axis, into: Float64Array): void {
  into.fill(0, 0, across.count)
  for (let tap = 0; tap < across.room; tap += 8) addEight(sums, across, tap, into)
}

function addEight(sums: Float64Array, across: Axis, tap: number, into: Float64Array): void {
  const { first, weights, low, count, room } = across
  let w = tap
  for (let i = 0; i < count; i = (i + 1) | 0, w = (w + room) | 0) {
    const p = (first[i]! - low + tap) | 0
    into[i]! +=
      weights[w]! * sums[p]! +
      weights[w | 1]! * sums[(p + 1) | 0]! +
      weights[w | 2]! * sums[(p + 2) | 0]! +
      weights[w | 3]! * sums[(p + 3) | 0]! +
      weights[w | 4]! * sums[(p + 4) | 0]! +
      weights[w | 5]! * sums[(p + 5) | 0]! +
      weights[w | 6]! * sums[(p + 6) | 0]! +
      weights[w | 7]! * sums[(p + 7) | 0]!
  }
}
