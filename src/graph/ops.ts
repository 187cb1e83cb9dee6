/**
 * The functions with which graphs are written: one per operator of the table, then compositions of them. Plain numbers
 * stand for scalar constants. All throw UnmaskError `graph-shape` when shapes do not fit.
 */
import { type DType, sizeOf, type Tensor } from '../tensor/tensor.ts'
import type { Attributes, OperatorName } from './operators/attributes.ts'
import type { Value } from './types.ts'

type Operand = Value | number
type Integers = readonly number[]

function apply<K extends OperatorName>(operator: K, inputs: readonly Value[], attributes: Attributes[K]): Value {
  return inputs[0]!.graph.apply(operator, inputs, attributes)[0]!
}

/** A scalar constant in the graph and of the type of `like`. */
export function scalar(like: Value, value: number): Value {
  const data = like.dtype === 'float64' ? Float64Array.of(value) : Float32Array.of(value)
  return like.graph.constant({ dtype: like.dtype as DType, shape: [], data } as Tensor)
}

/** A float32 constant in the graph and of the type of `like`. */
export function constantLike(like: Value, value: Tensor<'float32'>): Value {
  const same =
    like.dtype === 'float64' ? { ...value, dtype: 'float64' as const, data: Float64Array.from(value.data) } : value
  return like.graph.constant(same)
}

function binary(operator: 'add' | 'sub' | 'mul' | 'div', x: Operand, y: Operand): Value {
  const like = typeof x === 'number' ? (y as Value) : x
  const value = (operand: Operand) => (typeof operand === 'number' ? scalar(like, operand) : operand)
  return apply(operator, [value(x), value(y)], {})
}

export const neg = (x: Value) => apply('neg', [x], {})
export const abs = (x: Value) => apply('abs', [x], {})
export const exp = (x: Value) => apply('exp', [x], {})
export const log = (x: Value) => apply('log', [x], {})
export const sqrt = (x: Value) => apply('sqrt', [x], {})
export const relu = (x: Value) => apply('relu', [x], {})
export const sigmoid = (x: Value) => apply('sigmoid', [x], {})
export const tanh = (x: Value) => apply('tanh', [x], {})
export const erf = (x: Value) => apply('erf', [x], {})
export const gelu = (x: Value) => apply('gelu', [x], {})
/** x where x > 0, else slope x. Source: Maas et al. 2013. */
export const leakyRelu = (x: Value, slope: number) => apply('leakyRelu', [x], { slope })
export const clip = (x: Value, low: number, high: number) => apply('clip', [x], { low, high })
export const between = (x: Value, limits: Attributes['between']) => apply('between', [x], limits)
export const stopGradient = (x: Value) => apply('stopGradient', [x], {})
export const add = (x: Operand, y: Operand) => binary('add', x, y)
export const sub = (x: Operand, y: Operand) => binary('sub', x, y)
export const mul = (x: Operand, y: Operand) => binary('mul', x, y)
export const div = (x: Operand, y: Operand) => binary('div', x, y)
/** Matrix product over the last two axes; leading axes broadcast. */
export const matmul = (x: Value, y: Value, transposed: Attributes['matmul'] = {}) => apply('matmul', [x, y], transposed)
export const concat = (inputs: readonly Value[], axis: number) => apply('concat', inputs, { axis })
export const transpose = (x: Value, order: Integers) => apply('transpose', [x], { order })
export const flip = (x: Value, axes: Integers) => apply('flip', [x], { axes })

/** Sum over `axes`, which stay with size 1. */
export function sum(x: Value, axes: Integers = allAxes(x)): Value {
  return axes.every((axis) => x.shape[axis] === 1) ? x : apply('sum', [x], { axes })
}

/** Mean over `axes`, which stay with size 1. */
export const mean = (x: Value, axes: Integers = allAxes(x)) => apply('mean', [x], { axes })
/** Maximum over `axes`, which stay with size 1. */
export const max = (x: Value, axes: Integers = allAxes(x)) => apply('max', [x], { axes })

export function reshape(x: Value, shape: Integers): Value {
  return `${shape}` === `${x.shape}` ? x : apply('reshape', [x], { shape })
}

export function expand(x: Value, shape: Integers): Value {
  return `${shape}` === `${x.shape}` ? x : apply('expand', [x], { shape })
}

export function pad(x: Value, before: Integers, after: Integers): Value {
  return [...before, ...after].every((count) => count === 0) ? x : apply('pad', [x], { before, after })
}

/** Elements starts, starts + steps, ... below ends, on every axis. */
export function slice(x: Value, starts: Integers, ends: Integers, steps: Integers = starts.map(() => 1)): Value {
  const whole = x.shape.every((size, i) => starts[i] === 0 && ends[i] === size && steps[i] === 1)
  return whole ? x : apply('slice', [x], { starts, ends, steps })
}

/** Slice along one axis. */
export function sliceAxis(x: Value, axis: number, start: number, end: number, step = 1): Value {
  const only = (value: number, others: (size: number) => number) =>
    x.shape.map((size, i) => (i === axis ? value : others(size)))
  return slice(x, only(start, () => 0), only(end, (size) => size), only(step, () => 1)) // biome-ignore format: one line
}

/** Zeros before and after along one axis. */
export function padAxis(x: Value, axis: number, before: number, after: number): Value {
  const only = (count: number) => x.shape.map((_, i) => (i === axis ? count : 0))
  return pad(x, only(before), only(after))
}

export interface ConvOptions {
  readonly strides: Integers
  /** Zeros before and after each spatial axis. */
  readonly before: Integers
  readonly after: Integers
  readonly groups?: number
}

/** x [B, C, ...space] with w [O, C / groups, ...kernel] -> [B, O, ...space']. */
export function conv(x: Value, w: Value, { strides, before, after, groups = 1 }: ConvOptions): Value {
  return apply('conv', [x, w], { strides, before, after, groups })
}

/**
 * Batch normalisation with the statistics of the batch (all axes but 1).
 * Source: Ioffe and Szegedy 2015.
 */
export function batchNorm(x: Value, scale: Value, bias: Value, epsilon: number) {
  const [y, batchMean, variance] = x.graph.apply('batchNorm', [x, scale, bias], { epsilon })
  return { y: y!, mean: batchMean!, variance: variance! }
}

/** Normalisation with given statistics: (x - mean) / sqrt(variance + epsilon) * scale + bias, all [C]. */
export function normalise(x: Value, scale: Value, bias: Value, centre: Value, variance: Value, epsilon: number): Value {
  return apply('normalise', [x, scale, bias, centre, variance], { epsilon })
}

// --- compositions ---

function allAxes(x: Value): number[] {
  return x.shape.map((_, axis) => axis)
}

/** 1 where x > 0, else 0. */
export const positive = (x: Value) => between(x, { low: 0, high: Infinity })

/** Constant filled with one value. */
export const full = (like: Value, shape: Integers, value: number) =>
  expand(reshape(scalar(like, value), shape.map(() => 1)), shape) // biome-ignore format: one line

/** Sums away the axes along which `shape` was stretched to x's: the adjoint of broadcasting. */
export function sumTo(x: Value, shape: Integers): Value {
  const lead = x.shape.length - shape.length
  const axes = x.shape.flatMap((size, axis) => (axis < lead || (shape[axis - lead] === 1 && size !== 1) ? [axis] : []))
  return reshape(axes.length === 0 ? x : sum(x, axes), shape)
}

/** Swaps the last two axes. */
export function transposeLast(x: Value): Value {
  const order = allAxes(x)
  const rank = order.length
  return transpose(x, [...order.slice(0, -2), rank - 1, rank - 2])
}

export const square = (x: Value) => mul(x, x)

/** Smallest element over `axes`, which stay with size 1. */
export const min = (x: Value, axes?: Integers) => neg(max(neg(x), axes))

/** Sum of all elements, a scalar. */
export const total = (x: Value) => reshape(sum(x), [])

/** x / |x| over an axis; a vector shorter than epsilon is divided by epsilon (as torch.nn.functional.normalize). */
export function unit(x: Value, axis: number, epsilon = 1e-12): Value {
  const length = sqrt(clip(sum(square(x), [axis]), epsilon ** 2, Infinity))
  return div(x, length)
}

/** log softmax over an axis, composed so that it runs on every provider. */
export function logSoftmax(x: Value, axis: number): Value {
  const shifted = sub(x, stopGradient(max(x, [axis])))
  return sub(shifted, log(sum(exp(shifted), [axis])))
}

/** Soft maximum over an axis, which stays with size 1: the logarithm of the mean of e^x, between mean and maximum. */
export function softMaximum(x: Value, axis: number): Value {
  const largest = stopGradient(max(x, [axis]))
  return add(largest, log(mean(exp(sub(x, largest)), [axis])))
}

/** Number of elements. */
export const count = (x: Value) => sizeOf(x.shape)
