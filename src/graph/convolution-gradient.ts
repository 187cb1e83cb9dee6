/**
 * Gradients of a convolution, composed of stride-1 convolutions, matrix products and layout: ONNX Runtime has no
 * gradient operators. A stride s is undone by splitting axes into s phases: tap s j + r of the kernel meets only phase
 * r of the (padded) input, at offset j. Measured against the alternatives in docs/engine.md.
 *
 * Shapes: x [B, C, ...size], w [O, C / groups, ...kernel], dy [B, O, ...out].
 */
import { sizeOf } from '../tensor/tensor.ts'
import type { Attributes } from './operators/attributes.ts'
import * as op from './ops.ts'
import type { Value } from './types.ts'

type Attribute = Attributes['conv']

/** Per spatial axis: phases that meet a tap, and taps a phase. */
const phasesOf = (kernel: number, stride: number) => Math.min(kernel, stride)
const tapsOf = (kernel: number, stride: number) => Math.ceil(kernel / stride)

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Zeros (or, for negative counts, cropping) before and after along one axis. */
function window(x: Value, axis: number, before: number, after: number): Value {
  const padded = op.padAxis(x, axis, Math.max(0, before), Math.max(0, after))
  return op.sliceAxis(padded, axis, Math.max(0, -before), padded.shape[axis]! - Math.max(0, -after))
}

/**
 * dx: a stride-1 convolution of dy with the kernel turned round, one set of output channels a phase; the phases are
 * then interleaved.
 */
export function inputGradient(dy: Value, w: Value, size: readonly number[], attributes: Attribute): Value {
  const { strides, before, groups } = attributes
  const [batch, channels, ...space] = size as [number, number, ...number[]]
  const kernel = w.shape.slice(2)
  const phases = kernel.map((k, i) => phasesOf(k, strides[i]!))
  const taps = kernel.map((k, i) => tapsOf(k, strides[i]!))
  const length = space.map((n, i) => Math.max(Math.ceil((n + before[i]!) / strides[i]!), dy.shape[i + 2]!))
  const turned = turnKernel(w, groups, phases, taps, strides)
  let y = op.conv(dy, turned, {
    strides: taps.map(() => 1),
    before: taps.map((count) => count - 1),
    after: length.map((n, i) => n - dy.shape[i + 2]!),
    groups,
  })
  // [B, C phases, ...length] -> [B, C, length_1, phase_1, length_2, phase_2, ...] -> [B, C, ...size]
  if (strides.some((stride) => stride > 1)) {
    const rank = space.length
    y = op.reshape(y, [batch, channels, ...phases, ...length])
    y = op.transpose(y, [0, 1, ...range(rank).flatMap((i) => [2 + rank + i, 2 + i])])
    strides.forEach((stride, i) => {
      y = op.padAxis(y, 3 + 2 * i, 0, stride - phases[i]!)
    })
    y = op.reshape(y, [batch, channels, ...length.map((n, i) => n * strides[i]!)])
  }
  return space.reduce((cut, n, i) => {
    const from = before[i]!
    return window(cut, i + 2, -from, n + from - cut.shape[i + 2]!)
  }, y)
}

/** w [O, C / G, ...kernel] -> [C phases, O / G, ...taps], every phase's taps in reverse order. */
function turnKernel(
  w: Value,
  groups: number,
  phases: readonly number[],
  taps: readonly number[],
  strides: readonly number[],
): Value {
  const rank = taps.length
  const [outputs, inputs] = [w.shape[0]! / groups, w.shape[1]!]
  let split = w
  taps.forEach((count, i) => {
    const full = phases[i] === strides[i] ? count * strides[i]! : phases[i]!
    split = op.padAxis(split, i + 2, 0, full - w.shape[i + 2]!)
  })
  // [G, O / G, C / G, tap_1, phase_1, tap_2, phase_2, ...]
  split = op.reshape(split, [groups, outputs, inputs, ...taps.flatMap((count, i) => [count, phases[i]!])])
  const order = [0, 2, ...range(rank).map((i) => 4 + 2 * i), 1, ...range(rank).map((i) => 3 + 2 * i)]
  const merged = op.reshape(op.transpose(split, order), [groups * inputs * sizeOf(phases), outputs, ...taps])
  const reversed = range(rank).flatMap((i) => (taps[i]! > 1 ? [i + 2] : []))
  return reversed.length > 0 ? op.flip(merged, reversed) : merged
}

/** Channels of a depthwise convolution that one product takes: wasted products against size of the matrices. */
const depthwiseBlock = 4

/**
 * dw as matrix products over all positions: shifts of dy along all axes but the last, times shifts of x along the
 * last, which together make every tap once. Every shift of dy along the outermost of three axes is a product of its
 * own, to bound the memory for copies.
 */
export function weightGradient(x: Value, dy: Value, kernelShape: readonly number[], attributes: Attribute): Value {
  const { strides, groups } = attributes
  const [outputs, inputs, ...kernel] = kernelShape as [number, number, ...number[]]
  const phases = kernel.map((k, i) => phasesOf(k, strides[i]!))
  const taps = kernel.map((k, i) => tapsOf(k, strides[i]!))
  const { split, before } = splitPhases(x, dy, phases, taps, attributes)
  const space = split.shape.slice(3)
  const last = space.length - 1
  const width = dy.shape.at(-1)!
  const depthwise = outputs === groups && inputs === 1
  const block = depthwise && groups % depthwiseBlock === 0 ? depthwiseBlock : 1
  const batch = x.shape[0]!
  const blocks = groups / block
  const positions = sizeOf(space.slice(0, last)) * width

  const columnShifts = shifts(split, last + 3, taps[last]!, before[last]!, width)
  const columns = blockRows(columnShifts, [batch, blocks, block * inputs * split.shape[2]!, positions])
  const outer = range(taps.length > 2 ? taps[0]! : 1).map((tap) => {
    let rows = [dy]
    range(last).forEach((axis) => {
      const wanted = axis === 0 && taps.length > 2 ? [tap] : range(taps[axis]!)
      rows = rows.flatMap((value) => shiftsBack(value, axis + 2, wanted, before[axis]!, space[axis]!))
    })
    const left = blockRows(rows, [batch, blocks, (block * outputs) / groups, positions])
    const product = op.sum(op.matmul(left, op.transposeLast(columns)), [0])
    const shape = [
      blocks,
      rows.length,
      (block * outputs) / groups,
      columnShifts.length,
      block * inputs * split.shape[2]!,
    ]
    return op.reshape(product, shape)
  })
  const products = diagonal(outer.length > 1 ? op.concat(outer, 1) : outer[0]!, block)
  return arrangeTaps(products, [outputs, inputs], kernel, phases, taps)
}

/**
 * x [B, C, ...size] -> [B, C, phases, ...size'], strided axes padded and split; `before` is the padding that is left
 * to do on each axis (none on strided ones).
 */
function splitPhases(
  x: Value,
  dy: Value,
  phases: readonly number[],
  taps: readonly number[],
  { strides, before }: Attribute,
): { split: Value; before: number[] } {
  const rank = taps.length
  const [batch, channels] = x.shape
  if (strides.every((stride) => stride === 1)) {
    return { split: op.reshape(x, [batch!, channels!, 1, ...x.shape.slice(2)]), before: [...before] }
  }
  let fitted = x
  const length = strides.map((stride, i) => {
    if (stride === 1) return x.shape[i + 2]!
    const wanted = dy.shape[i + 2]! + taps[i]! - 1
    fitted = window(fitted, i + 2, before[i]!, wanted * stride - before[i]! - x.shape[i + 2]!)
    return wanted
  })
  let split = op.reshape(fitted, [batch!, channels!, ...length.flatMap((n, i) => [n, strides[i]!])])
  strides.forEach((_, i) => {
    split = op.sliceAxis(split, 3 + 2 * i, 0, phases[i]!)
  })
  split = op.transpose(split, [0, 1, ...range(rank).map((i) => 3 + 2 * i), ...range(rank).map((i) => 2 + 2 * i)])
  const left = before.map((count, i) => (strides[i] === 1 ? count : 0))
  return { split: op.reshape(split, [batch!, channels!, sizeOf(phases), ...length]), before: left }
}

/** For each tap t, the elements at t - before, t - before + 1, ... (`count` of them; zeros outside). */
function shifts(x: Value, axis: number, taps: number, before: number, count: number): Value[] {
  const padded = window(x, axis, before, taps - 1 + count - before - x.shape[axis]!)
  return range(taps).map((tap) => op.sliceAxis(padded, axis, tap, tap + count))
}

/** For each wanted tap t, dy moved so that position q holds dy[q + before - t], for q below `count`. */
function shiftsBack(dy: Value, axis: number, wanted: readonly number[], before: number, count: number): Value[] {
  return wanted.map((tap) => window(dy, axis, tap - before, count - (tap - before) - dy.shape[axis]!))
}

/** Shifts [B, blocks * rows, ...] each -> one matrix a block [B, blocks, shifts * rows, positions]. */
function blockRows(values: readonly Value[], [batch, blocks, rows, positions]: readonly number[]): Value {
  const parts = values.map((value) => op.reshape(value, [batch!, blocks!, rows!, positions!]))
  return parts.length > 1 ? op.concat(parts, 2) : parts[0]!
}

/** [blocks, S, block * O, R, block * C] -> [blocks * block, S, O, R, C]: only channels of the same group meet. */
function diagonal(products: Value, block: number): Value {
  const [blocks, shiftCount, rows, shiftsLast, columns] = products.shape as [number, number, number, number, number]
  if (block === 1) return products
  const [o, c] = [rows / block, columns / block]
  const apart = op.reshape(products, [blocks, shiftCount, block, o, shiftsLast, block, c])
  const own = range(block).map((i) => {
    return op.sliceAxis(op.sliceAxis(apart, 2, i, i + 1), 5, i, i + 1)
  })
  const joined = op.reshape(op.concat(own, 2), [blocks, shiftCount, block, o, shiftsLast, c])
  const order = [0, 2, 1, 3, 4, 5]
  return op.reshape(op.transpose(joined, order), [blocks * block, shiftCount, o, shiftsLast, c])
}

/** [G, outer taps, O / G, last taps, C / G * phases] -> [O, C / G, ...kernel]. */
function arrangeTaps(
  products: Value,
  [outputs, inputs]: readonly [number, number],
  kernel: readonly number[],
  phases: readonly number[],
  taps: readonly number[],
): Value {
  const rank = kernel.length
  const groups = products.shape[0]!
  const outer = taps.slice(0, -1)
  const apart = op.reshape(products, [groups, ...outer, outputs / groups, taps.at(-1)!, inputs, ...phases])
  const [o, lastTap, c] = [rank, rank + 1, rank + 2]
  const tapAxis = (i: number) => (i === rank - 1 ? lastTap : 1 + i)
  const order = [0, o, c, ...range(rank).flatMap((i) => [tapAxis(i), rank + 3 + i])]
  const full = op.reshape(op.transpose(apart, order), [outputs, inputs, ...taps.map((t, i) => t * phases[i]!)])
  return kernel.reduce((cut, size, i) => op.sliceAxis(cut, i + 2, 0, size), full)
}
