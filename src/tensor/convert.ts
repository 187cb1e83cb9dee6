import { decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from './half.ts'
import { type DataOf, type Tensor, tensor } from './tensor.ts'

/**
 * The same values as float32. Exact for float16, bfloat16, uint8 and bool; float64, int32 and int64 are rounded to the
 * nearest. A float32 tensor is returned as it is.
 */
export function toFloat32(source: Tensor): Tensor<'float32'> {
  return source.dtype === 'float32' ? (source as Tensor<'float32'>) : tensor('float32', source.shape, values(source))
}

/** The same values as raw float16 bits, rounded to the nearest, ties to even; beyond 65,504 infinite. */
export function toFloat16(source: Tensor<'float32'>): Tensor<'float16'> {
  return tensor('float16', source.shape, encodeFloat16(source.data))
}

/** The same values as raw bfloat16 bits, rounded to the nearest, ties to even. */
export function toBfloat16(source: Tensor<'float32'>): Tensor<'bfloat16'> {
  return tensor('bfloat16', source.shape, encodeBfloat16(source.data))
}

function values(source: Tensor): DataOf<'float32'> {
  const { dtype, data } = source
  if (dtype === 'float16') return decodeFloat16(data as Uint16Array)
  if (dtype === 'bfloat16') return decodeBfloat16(data as Uint16Array)
  // By way of a double: one rounding more, and only for integers beyond 2^53.
  if (dtype === 'int64') return Float32Array.from(data as BigInt64Array, Number)
  return Float32Array.from(data as Exclude<Tensor['data'], BigInt64Array>)
}
