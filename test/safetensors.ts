import type { Random } from '../src/tensor/random.ts'
import {
  bytesPerElement,
  type DataOf,
  type DType,
  sizeOf,
  storageOf,
  type Tensor,
  tensor,
} from '../src/tensor/tensor.ts'

const types: readonly DType[] = ['float32', 'float64', 'float16', 'bfloat16', 'int32', 'int64', 'uint8', 'bool']

/** A small tensor of random type, shape (also empty or scalar) and values; float types without NaN. */
export function randomTensor(random: Random): Tensor {
  const dtype = types[random.integer(types.length)]!
  const shape = Array.from({ length: random.integer(4) }, () => random.integer(5))
  const bytes = new Uint8Array(sizeOf(shape) * bytesPerElement(dtype))
  // Bytes below 0x7f are no NaN in any of the types, so that results compare as equal.
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.integer(dtype === 'bool' ? 2 : 0x70)
  return tensor(dtype, shape, new (storageOf(dtype))(bytes.buffer) as DataOf<DType>)
}

/** A safetensors file from its parts, whether they fit together or not. */
export function rawFile(header: string | Uint8Array, data: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + text.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(data, 8 + text.length)
  return bytes
}
