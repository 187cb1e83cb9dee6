import { type DataOf, type DType, storageOf, type Tensor } from '../tensor/tensor.ts'
import type { Tensors } from './types.ts'

/** The buffers of tensors that own theirs, each once. */
export function transferables(tensors: Tensors): ArrayBuffer[] {
  return [...new Set(Object.values(tensors).map(({ data }) => data.buffer as ArrayBuffer))]
}

/**
 * Tensors that own their memory, to be handed to a worker: posting a view would clone all of the buffer behind it, and
 * shared memory is refused by the engine.
 * @param keep whether the given arrays are to stay usable; if not, whole buffers are taken as they are
 */
export function detached(tensors: Tensors, keep: boolean): Tensors {
  const taken = new Set<ArrayBufferLike>()
  const own = ({ dtype, shape, data }: Tensor): Tensor => {
    const { buffer } = data
    const whole = buffer instanceof ArrayBuffer && data.byteLength === buffer.byteLength && !taken.has(buffer)
    if (whole && !keep) taken.add(buffer)
    return { dtype, shape, data: whole && !keep ? data : copy(dtype, data) }
  }
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, own(tensor)]))
}

function copy(dtype: DType, data: DataOf<DType>): DataOf<DType> {
  const Storage = storageOf(dtype) as new (from: DataOf<DType>) => DataOf<DType>
  return new Storage(data)
}
