import type { OnnxEmitter } from '../emitter.ts'
import { ShapeMismatch, type TensorType, type Value } from '../types.ts'

/** What a gradient rule is given. */
export interface GradientContext<A> {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  /** Gradient of the objective with respect to each output; undefined where the objective does not depend on it. */
  readonly gradients: readonly (Value | undefined)[]
  readonly attributes: A
  /** Whether the gradient of input `i` is wanted: a rule builds no more than that. */
  readonly needs: (i: number) => boolean
}

/** One gradient per input; undefined where it is not wanted or zero. */
export type GradientRule<A> = (context: GradientContext<A>) => readonly (Value | undefined)[]

/** Types around a node. */
export interface NodeTypes {
  readonly inputs: readonly TensorType[]
  readonly outputs: readonly TensorType[]
}

/** Everything there is to know of an operator. `A` is the type of its attributes. */
export interface Operator<A> {
  /** Shape rule: types of the outputs. @throws ShapeMismatch */
  readonly infer: (inputs: readonly TensorType[], attributes: A) => readonly TensorType[]
  /** ONNX form; may differ by `emit.provider` where one lacks an operator. Returns the names of the outputs. */
  readonly onnx: (emit: OnnxEmitter, inputs: readonly string[], attributes: A, types: NodeTypes) => readonly string[]
  /** Reverse-mode rule, or `zero` where the derivative vanishes wherever it exists. */
  readonly gradient: GradientRule<A> | 'zero'
  /** Multiply-accumulates, for operators whose cost counts. */
  readonly macs?: (types: NodeTypes) => number
}

/** Fails the shape rule when the condition does not hold. */
export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ShapeMismatch(message)
}

/** Fails the shape rule unless all numbers are whole and none is below `least`. */
export function demandWhole(numbers: readonly number[], least: number, message: string): void {
  demand(
    numbers.every((number) => Number.isSafeInteger(number) && number >= least),
    message,
  )
}

/** Fails the shape rule unless there are `count` inputs, all of one floating type. */
export function demandFloats(inputs: readonly TensorType[], count: number): void {
  demand(inputs.length === count, `takes ${count} inputs, not ${inputs.length}`)
  for (const { dtype } of inputs) {
    demand(dtype === 'float32' || dtype === 'float64', `takes float32 or float64, not ${dtype}`)
    demand(dtype === inputs[0]!.dtype, 'takes inputs of one type')
  }
}

/** Fails the shape rule unless all axes exist and none is named twice. */
export function demandAxes(axes: readonly number[], rank: number): void {
  const valid = axes.every((axis) => Number.isInteger(axis) && axis >= 0 && axis < rank)
  demand(valid && new Set(axes).size === axes.length, `axes [${axes}] are not distinct axes of rank ${rank}`)
}
