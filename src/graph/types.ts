import type { DType, Shape, Tensor } from '../tensor/tensor.ts'
import type { Graph } from './graph.ts'
import type { Attributes, OperatorName } from './operators/attributes.ts'

/** Element type and shape of a value; both are known while building. */
export interface TensorType {
  readonly dtype: DType
  readonly shape: Shape
}

/** One result of a node: what flows along an edge of the graph. */
export interface Value extends TensorType {
  readonly graph: Graph
  readonly node: Node
  /** Which of the node's results this is. */
  readonly index: number
}

/** Where values come from: fed from outside, fixed in the graph, or computed by an operator of the table. */
export type Node = InputNode | ConstantNode | OperatorNode

export interface InputNode {
  readonly kind: 'input'
  readonly id: number
  readonly name: string
  readonly outputs: readonly Value[]
}

export interface ConstantNode {
  readonly kind: 'constant'
  readonly id: number
  readonly name: string | undefined
  readonly tensor: Tensor
  readonly outputs: readonly Value[]
}

export interface OperatorNode {
  readonly kind: 'operator'
  readonly id: number
  readonly operator: OperatorName
  readonly attributes: Attributes[OperatorName]
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
}

/** Thrown by a shape rule; the graph adds operator, node and shapes. */
export class ShapeMismatch extends Error {}

/** A type for people, e.g. `float32[2,3]`. */
export function typeText({ dtype, shape }: TensorType): string {
  return `${dtype}[${shape}]`
}
