/**
 * Gradients of a convolution, composed of stride-1 convolutions, matrix products and layout: ONNX Runtime has no
 * gradient operators. A stride s is undone by splitting an axis into s phases: tap s j + r of the kernel meets only
 * phase r of the (padded) input, at offset j. Along the last axis, where elements are adjacent in memory, elements are
 * picked and spread by products with 0-1 matrices, many times faster than strided copies. Measured against the
 * alternatives in docs/engine.md.
 *
 * Shapes: x [B, C, ...size], w [O, C / groups, ...kernel], dy [B, O, ...out].
 */
import { sizeOf, zeros } from '../tensor/tensor.ts'
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

/** Constant [rows, columns] with 1 where `row(column)` says. */
function pickMatrix(like: Value, rows: number, columns: number, row: (column: number) => number): Value {
  const matrix = zeros('float32', [rows, columns])
  for (const column of range(columns)) {
    const i = row(column)
    if (i >= 0 && i < rows) matrix.data[i * columns + column] = 1
  }
  return op.constantLike(like, matrix)
}

/**
 * dx: a stride-1 convolution of dy with the kernel turned round, one set of output channels a phase; the phases are
 * then interleaved.
 */
export function inputGradient(dy: Value, w: Value, size: readonly number[], attributes: Attribute): Value {
  const { strides, before, groups } = attributes
  const [batch, channels, ...space] = size as [number, number, ...number[]]
  const kernel = w.shape.slice(2)
  const rank = space.length
  const phases = kernel.map((k, i) => phasesOf(k, strides[i]!))
  const taps = kernel.map((k, i) => tapsOf(k, strides[i]!))
  // position q of the result: input element q where the stride is 1, padded elements s q + r otherwise
  const first = taps.map((count, i) => count - 1 - (strides[i] === 1 ? before[i]! : 0))
  const length = space.map((n, i) => (strides[i] === 1 ? n : Math.ceil((n + before[i]!) / strides[i]!)))
  const last = length.map((n, i) => n - dy.shape[i + 2]! - first[i]! + taps[i]! - 1)
  const fitted = range(rank).reduce((x, i) => window(x, i + 2, Math.min(0, first[i]!), Math.min(0, last[i]!)), dy)
  const options = { before: first.map((n) => Math.max(0, n)), after: last.map((n) => Math.max(0, n)), groups }
  let y = op.conv(fitted, turnKernel(w, groups, phases, taps, strides), { ...options, strides: taps.map(() => 1) })
  if (strides.every((stride) => stride === 1)) return y

  y = op.reshape(y, [batch, channels, ...phases, ...length])
  y = spreadLast(y, 1 + rank, phases.at(-1)!, space.at(-1)!, strides.at(-1)!, before.at(-1)!)
  // [B, C, phases..., length..., W] -> [B, C, length_1, phase_1, ..., W] -> [B, C, ...size]
  const others = range(rank - 1)
  y = op.transpose(y, [0, 1, ...others.flatMap((i) => [1 + rank + i, 2 + i]), 2 * rank])
  for (const i of others) y = op.padAxis(y, 3 + 2 * i, 0, strides[i]! - phases[i]!)
  y = op.reshape(y, [batch, channels, ...others.map((i) => length[i]! * strides[i]!), space.at(-1)!])
  return others.reduce((x, i) => {
    const start = strides[i] === 1 ? 0 : before[i]!
    return window(x, i + 2, -start, space[i]! + start - x.shape[i + 2]!)
  }, y)
}

/** Interleaves the phases of the last axis, which stand on `axis`, and crops to `size`; `axis` goes. */
function spreadLast(y: Value, axis: number, phases: number, size: number, stride: number, before: number): Value {
  const length = y.shape.at(-1)!
  const without = (x: Value) => op.reshape(x, [...x.shape.slice(0, axis), ...x.shape.slice(axis + 1)])
  if (stride === 1) return without(y)
  const parts = range(phases).map((phase) => {
    // element p of the result is padded element p + before = stride q + phase
    const matrix = pickMatrix(y, size, length, (q) => stride * q + phase - before)
    return op.matmul(without(op.sliceAxis(y, axis, phase, phase + 1)), matrix, { transposeRight: true })
  })
  return parts.reduce(op.add)
}

/** w [O, C / G, ...kernel] -> [C phases, O / G, ...taps], every phase's taps in reverse order. */
function turnKernel(
  w: Value,
  groups: number,
  phases: readonly number[],
  taps: readonly number[],
  strides: readonly number[],
): Value {
  const [outputs, inputs, ...kernel] = [w.shape[0]! / groups, ...w.shape.slice(1)] as [number, number, ...number[]]
  const [phaseCount, tapCount] = [sizeOf(phases), sizeOf(taps)]
  // column (phase, tap) of the product picks the kernel's element stride * (taps - 1 - tap) + phase, if there is one
  const pick = pickMatrix(w, sizeOf(kernel), phaseCount * tapCount, (column) => {
    const phase = indicesOf(Math.floor(column / tapCount), phases)
    const tap = indicesOf(column % tapCount, taps)
    const at = kernel.map((_, i) => strides[i]! * (taps[i]! - 1 - tap[i]!) + phase[i]!)
    return at.every((element, i) => element < kernel[i]!)
      ? at.reduce((sum, element, i) => sum * kernel[i]! + element, 0)
      : -1
  })
  const picked = op.matmul(op.reshape(w, [groups * outputs * inputs, sizeOf(kernel)]), pick)
  const turned = op.transpose(op.reshape(picked, [groups, outputs, inputs * phaseCount, tapCount]), [0, 2, 1, 3])
  return op.reshape(turned, [groups * inputs * phaseCount, outputs, ...taps])
}

/** Indices along axes of the given sizes of a position in row-major order. */
function indicesOf(position: number, sizes: readonly number[]): number[] {
  let rest = position
  return sizes
    .toReversed()
    .map((size) => {
      const index = rest % size
      rest = Math.floor(rest / size)
      return index
    })
    .toReversed()
}

/** Channels of a depthwise convolution that one product takes: wasted products against size of the matrices. */
const depthwiseBlock = 4

/** From this many channels on, a product for each pair of shifts is faster than copying shifts into one matrix. */
const manyChannels = 64

/**
 * dw as matrix products over all positions: shifts of dy along all axes but the last, times shifts of x along the last,
 * which together make every tap once. Each shift along the first of three axes is a product of its own, to bound the
 * memory for copies.
 */
export function weightGradient(x: Value, dy: Value, kernelShape: readonly number[], attributes: Attribute): Value {
  const { strides, before, groups } = attributes
  const [outputs, inputs, ...kernel] = kernelShape as [number, number, ...number[]]
  const rank = kernel.length
  const others = range(rank - 1)
  const phases = others.map((i) => phasesOf(kernel[i]!, strides[i]!))
  const taps = others.map((i) => tapsOf(kernel[i]!, strides[i]!))
  const split = splitPhases(x, dy, phases, taps, attributes)
  const space = split.shape.slice(3, -1)
  const [batch, width] = [x.shape[0]!, dy.shape.at(-1)!]
  const block = groups === outputs && inputs === 1 && groups % depthwiseBlock === 0 ? depthwiseBlock : 1
  const blocks = groups / block
  const positions = sizeOf(space) * width
  const matrices = (shifts: readonly Value[], rows: number) => {
    const parts = shifts.map((value) => op.reshape(value, [batch, blocks, rows, positions]))
    const separate = rows >= manyChannels || parts.length === 1
    return separate
      ? parts.map((matrix) => ({ matrix, shifts: 1 }))
      : [{ matrix: op.concat(parts, 2), shifts: parts.length }]
  }

  const columnChannels = block * inputs * sizeOf(phases)
  const columns = matrices(shiftLast(split, width, kernel.at(-1)!, attributes), columnChannels)
  // position q of the split x meets dy at q + left - tap
  const left = others.map((i) => (strides[i] === 1 ? before[i]! : 0))
  const rowChannels = (block * outputs) / groups
  const products = shiftRows(dy, taps, left, space).flatMap((shifts) =>
    matrices(shifts, rowChannels).map((row) => {
      const across = columns.map((column) => {
        const product = op.sum(op.matmul(row.matrix, column.matrix, { transposeRight: true }), [0])
        return op.reshape(product, [blocks, row.shifts, rowChannels, column.shifts, columnChannels])
      })
      return joined(across, 3)
    }),
  )
  return arrangeTaps(diagonal(joined(products, 1), block), kernelShape, phases, taps)
}

const joined = (parts: readonly Value[], axis: number) => (parts.length > 1 ? op.concat(parts, axis) : parts[0]!)

/**
 * x [B, C, ...size, W] -> [B, C, phases, ...size', W]: axes with a stride, but for the last, padded and split. Axes
 * without one stay as they are.
 */
function splitPhases(
  x: Value,
  dy: Value,
  phases: readonly number[],
  taps: readonly number[],
  { strides, before }: Attribute,
): Value {
  const [batch, channels] = x.shape as [number, number]
  const width = x.shape.at(-1)!
  const others = range(taps.length)
  const length = others.map((i) => (strides[i] === 1 ? x.shape[i + 2]! : dy.shape[i + 2]! + taps[i]! - 1))
  let split = others.reduce((y, i) => {
    if (strides[i] === 1) return y
    return window(y, i + 2, before[i]!, length[i]! * strides[i]! - before[i]! - x.shape[i + 2]!)
  }, x)
  split = op.reshape(split, [batch, channels, ...others.flatMap((i) => [length[i]!, strides[i]!]), width])
  for (const i of others) split = op.sliceAxis(split, 3 + 2 * i, 0, phases[i]!)
  split = op.transpose(split, [
    0,
    1,
    ...others.map((i) => 3 + 2 * i),
    ...others.map((i) => 2 + 2 * i),
    split.shape.length - 1,
  ])
  return op.reshape(split, [batch, channels, sizeOf(phases), ...length, width])
}

/** For each tap along the last axis, the elements that it meets: [..., W] -> [..., width]. */
function shiftLast(x: Value, width: number, taps: number, { strides, before }: Attribute): Value[] {
  const [size, stride, start] = [x.shape.at(-1)!, strides.at(-1)!, before.at(-1)!]
  return range(taps).map((tap) => {
    if (stride === 1 && tap === start && size === width) return x
    const pick = pickMatrix(x, size, width, (q) => stride * q + tap - start)
    return op.matmul(x, pick)
  })
}

/**
 * dy moved along every axis but the last so that position q holds dy[q + left - tap]: one list for each tap of the
 * first of three axes (else one list), in it one value for each combination of the other taps.
 */
function shiftRows(dy: Value, taps: readonly number[], left: readonly number[], space: readonly number[]): Value[][] {
  const zerosBefore = taps.map((count, i) => Math.max(0, count - 1 - left[i]!))
  const padded = taps.reduce((y, _, i) => {
    const needed = zerosBefore[i]! + left[i]! + space[i]!
    return window(y, i + 2, zerosBefore[i]!, Math.max(0, needed - zerosBefore[i]! - dy.shape[i + 2]!))
  }, dy)
  const combinations = (sizes: readonly number[]): number[][] =>
    sizes.reduce<number[][]>((lists, size) => lists.flatMap((list) => range(size).map((i) => [...list, i])), [[]])
  const shift = (tap: readonly number[]) => {
    if (tap.every((t, i) => t === left[i] && space[i] === dy.shape[i + 2])) return dy
    return tap.reduce((y, t, i) => {
      const from = zerosBefore[i]! + left[i]! - t
      return op.sliceAxis(y, i + 2, from, from + space[i]!)
    }, padded)
  }
  if (taps.length < 2) return [combinations(taps).map(shift)]
  return range(taps[0]!).map((first) => combinations(taps.slice(1)).map((rest) => shift([first, ...rest])))
}

/** [blocks, S, block * O, R, block * C] -> [blocks * block, S, O, R, C]: only channels of the same group meet. */
function diagonal(products: Value, block: number): Value {
  const [blocks, shiftCount, rows, shiftsLast, columns] = products.shape as [number, number, number, number, number]
  if (block === 1) return products
  const [o, c] = [rows / block, columns / block]
  const apart = op.reshape(products, [blocks, shiftCount, block, o, shiftsLast, block, c])
  const own = range(block).map((i) => op.sliceAxis(op.sliceAxis(apart, 2, i, i + 1), 5, i, i + 1))
  const met = op.reshape(op.concat(own, 2), [blocks, shiftCount, block, o, shiftsLast, c])
  return op.reshape(op.transpose(met, [0, 2, 1, 3, 4, 5]), [blocks * block, shiftCount, o, shiftsLast, c])
}

/** [G, taps..., O / G, last kernel axis, C / G, phases...] -> [O, C / G, ...kernel]. */
function arrangeTaps(
  products: Value,
  kernelShape: readonly number[],
  phases: readonly number[],
  taps: readonly number[],
): Value {
  const [outputs, inputs, ...kernel] = kernelShape as [number, number, ...number[]]
  const groups = products.shape[0]!
  const rank = kernel.length
  const lastTaps = kernel.at(-1)!
  const apart = op.reshape(products, [groups, ...taps, outputs / groups, lastTaps, inputs, ...phases])
  // first the taps outwards, in whole rows of channels; then one plain transposition
  const [o, last, c] = [rank, rank + 1, rank + 2]
  const tapAxes = [...taps.flatMap((_, i) => [1 + i, c + 1 + i]), last]
  const full = [...taps.map((count, i) => count * phases[i]!), lastTaps]
  const outward = op.transpose(apart, [...tapAxes, 0, o, c])
  const transposed = op.transposeLast(op.reshape(outward, [sizeOf(full), outputs * inputs]))
  return kernel.reduce(
    (cut, size, i) => op.sliceAxis(cut, i + 2, 0, size),
    op.reshape(transposed, [outputs, inputs, ...full]),
  )
}
