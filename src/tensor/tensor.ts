import { UnmaskError } from '../errors.ts'

/** How the elements of each type are stored; `float16` and `bfloat16` as raw bits, `bool` as 0 or 1. */
const storage = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const

/** Element type of a tensor. */
export type DType = keyof typeof storage

/** The typed array that holds elements of type `D`. */
export type DataOf<D extends DType> = InstanceType<(typeof storage)[D]>

/** Sizes of the axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[]

/**
 * A dense tensor in row-major order. A plain object, so that it crosses worker boundaries; treat it as immutable.
 */
export interface Tensor<D extends DType = DType> {
  readonly dtype: D
  readonly shape: Shape
  readonly data: DataOf<D>
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Bytes of one element. */
export function bytesPerElement(dtype: DType): number {
  return storage[dtype].BYTES_PER_ELEMENT
}

/** The typed-array class that stores `dtype`. */
export function storageOf<D extends DType>(dtype: D): (typeof storage)[D] {
  return storage[dtype]
}

/**
 * A tensor over `data` (not copied).
 * @throws UnmaskError `tensor-shape` when the shape is not one of whole numbers >= 0 or its size is not the data's.
 */
export function tensor<D extends DType>(dtype: D, shape: Shape, data: DataOf<D>): Tensor<D> {
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new UnmaskError('tensor-shape', `[${shape}] is not a shape: sizes are whole numbers >= 0`)
  }
  if (sizeOf(shape) !== data.length) {
    throw new UnmaskError('tensor-shape', `shape [${shape}] holds ${sizeOf(shape)} elements, the data ${data.length}`)
  }
  return { dtype, shape, data }
}

/** A float32 tensor from numbers. */
export function float32(shape: Shape, values: ArrayLike<number>): Tensor<'float32'> {
  return tensor('float32', shape, Float32Array.from(values))
}

/** A tensor of zeros (or `false`). */
export function zeros<D extends DType>(dtype: D, shape: Shape): Tensor<D> {
  return tensor(dtype, shape, new storage[dtype](sizeOf(shape)) as DataOf<D>)
}
