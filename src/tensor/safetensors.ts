import { UnmaskError } from '../errors.ts'
import {
  formatError,
  headerLength,
  parseHeader,
  prefixLength,
  quote,
  type SafetensorsEntry,
} from './safetensors-header.ts'
import { planLayout } from './safetensors-layout.ts'
import { type DataOf, type DType, storageOf, type Tensor, tensor } from './tensor.ts'

/** The contents of a safetensors file. */
export interface Safetensors {
  /** By name, in the order of their bytes in the file. */
  readonly tensors: ReadonlyMap<string, Tensor>
  /** Free text by name: the file's `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Reads a whole file from memory. The tensors are copies: files of others may not align them.
 * Format: https://huggingface.co/docs/safetensors, little-endian as every platform we run on.
 * @param source what to call the file in errors.
 * @throws UnmaskError `safetensors-format` saying what is wrong and where.
 */
export function decodeSafetensors(bytes: Uint8Array, source = 'safetensors'): Safetensors {
  const length = headerLength(bytes, bytes.length, source)
  const header = parseHeader(bytes.subarray(prefixLength, prefixLength + length), bytes.length, source)
  const tensors = new Map<string, Tensor>()
  for (const entry of header.entries) {
    const [data, target] = allocate(entry)
    target.set(bytes.subarray(entry.start, entry.end))
    tensors.set(entry.name, finish(entry, data, source))
  }
  return { tensors, metadata: header.metadata }
}

/**
 * The bytes of a file with these tensors, ordered by element size so that each is aligned.
 * @param tensors pairs of name and tensor, e.g. a Map.
 * @throws UnmaskError `tensor-name` for a name that is given twice or cannot be stored; `tensor-shape` for a tensor whose
 * data are not what its type and shape say.
 */
export function encodeSafetensors(
  tensors: Iterable<readonly [string, Tensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const layout = planLayout(tensors, metadata)
  const bytes = new Uint8Array(layout.fileLength)
  bytes.set(layout.head)
  for (const { entry, source } of layout.parts) bytes.set(bytesOf(source, entry), entry.start)
  return bytes
}

/**
 * Fresh storage for a tensor of the file, and the same storage as bytes.
 * @throws UnmaskError `memory-short` when there is no room for it.
 */
export function allocate({ name, dtype, start, end }: SafetensorsEntry): [DataOf<DType>, Uint8Array] {
  try {
    const buffer = new ArrayBuffer(end - start)
    return [new (storageOf(dtype))(buffer), new Uint8Array(buffer)]
  } catch (cause) {
    throw new UnmaskError('memory-short', `no memory for the ${end - start} bytes of tensor ${quote(name)}`, { cause })
  }
}

/** The tensor once its bytes are read. @throws UnmaskError `safetensors-format` when a bool is neither 0 nor 1. */
export function finish({ name, dtype, shape, start }: SafetensorsEntry, data: DataOf<DType>, source: string): Tensor {
  if (dtype === 'bool') {
    const bad = (data as Uint8Array).findIndex((value) => value > 1)
    if (bad >= 0) throw formatError(source, `tensor ${quote(name)}: byte ${start + bad} is ${data[bad]}, not a bool`)
  }
  return tensor(dtype, shape, data)
}

/** A tensor's bytes (not copied), checked against what the layout promised for it. */
export function bytesOf({ dtype, shape, data }: Tensor, entry: SafetensorsEntry): Uint8Array {
  if (dtype !== entry.dtype || shape.join() !== entry.shape.join() || data.byteLength !== entry.end - entry.start) {
    throw new UnmaskError(
      'tensor-shape',
      `tensor ${quote(entry.name)} should be ${entry.dtype} [${entry.shape}], ` +
        `but is ${dtype} [${shape}] with ${data.byteLength} bytes`,
    )
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
