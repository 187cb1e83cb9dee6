import { UnmaskError } from '../errors.ts'
import type { DataOf, DType, Tensor } from '../tensor/tensor.ts'
import type { Ort, Value } from './engine.ts'

const engineTypes: ReadonlySet<string> = new Set<DType>([
  'float32',
  'float64',
  'float16',
  'int32',
  'int64',
  'uint8',
  'bool',
])

/** The element type, if the engine's JavaScript interface can carry it; bfloat16 it cannot. */
export function carriedType(name: string): DType | undefined {
  return engineTypes.has(name) ? (name as DType) : undefined
}

/** The engine's tensor over the same memory. */
export function toEngine(ort: Ort, { dtype, shape, data }: Tensor): Value {
  if (dtype === 'float16') {
    // Given half floats, the module makes a Float16Array, which the native side (1.30) reads as empty. It does read
    // their bits: so they go under the integer type of the same width and get their name afterwards.
    const bits = new ort.Tensor('uint16', data as Uint16Array, shape)
    return Object.defineProperty(bits, 'type', { value: 'float16' }) as unknown as Value
  }
  if (!carriedType(dtype)) throw new UnmaskError('graph-use', `${dtype} tensors cannot be fed; cast them to float32`)
  return new ort.Tensor(dtype as Exclude<DType, 'bfloat16'>, data as never, shape)
}

/** The plain tensor over the memory of an engine's tensor, which must be in host memory. */
export function fromEngine(value: Value): Tensor {
  const dtype = carriedType(value.type)
  if (!dtype) throw new UnmaskError('graph-use', `tensors of the engine's type ${value.type} cannot be read`)
  const { data } = value
  // Half floats come as a Float16Array where the platform has one.
  const stored =
    dtype === 'float16' && !(data instanceof Uint16Array)
      ? new Uint16Array((data as Float32Array).buffer, (data as Float32Array).byteOffset, data.length)
      : data
  return { dtype, shape: [...value.dims], data: stored as DataOf<DType> }
}

/** Gives a tensor's memory back at once: waiting for the garbage collector would let gigabytes of old state pile up. */
export function free(value: Value): void {
  if (value.location === 'cpu') (value.data as Uint8Array<ArrayBuffer>).buffer.transfer(0)
  else value.dispose()
}
