import type { DType } from '../tensor/tensor.ts'

/** Who is to run a model: an execution provider of ONNX Runtime, or `any` tool that reads standard ONNX. */
export type Provider = 'cpu' | 'webgpu' | 'cuda' | 'wasm' | 'any'

/** Attribute of an ONNX node; whole numbers are told from reals by the key. */
export type OnnxAttribute = { readonly int: number } | { readonly float: number } | { readonly ints: readonly number[] }

/** What an operator's ONNX form is written to. */
export interface OnnxEmitter {
  readonly provider: Provider
  /** Whether ONNX Runtime's own operators, and those of ONNX made for training, may be used. */
  readonly beyondStandard: boolean
  /**
   * Adds a node and returns the names of its outputs. An empty input name leaves an optional input out. Operators
   * outside the ONNX standard have their domain in front: `com.microsoft.FusedMatMul`.
   */
  node(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    outputs?: number,
  ): readonly string[]
  /** A one-dimensional int64 constant, as ONNX wants for axes and shapes. */
  integers(values: readonly number[]): string
  /** A scalar constant. */
  scalar(value: number, dtype: DType): string
}

/** TensorProto.DataType of the ONNX specification. */
export const onnxTypes: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
}
