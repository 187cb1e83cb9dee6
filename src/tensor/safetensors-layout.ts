import { UnmaskError } from '../errors.ts'
import { longestHeader, prefixLength, quote, type SafetensorsEntry, typeNames } from './safetensors-header.ts'
import { bytesPerElement, type DType, type Shape, sizeOf } from './tensor.ts'

/** Where everything goes in a file to be written. */
export interface SafetensorsLayout<Source> {
  /** Length and header: the file's first bytes. */
  readonly head: Uint8Array
  /** In the order of their bytes, without holes. */
  readonly parts: readonly { readonly entry: SafetensorsEntry; readonly source: Source }[]
  readonly fileLength: number
}

/** What must be known of a tensor to place it. */
export interface Placeable {
  readonly dtype: DType
  readonly shape: Shape
}

/**
 * Lays out a file: largest element type first, as the reference writer does, which aligns every tensor.
 * @throws UnmaskError `tensor-name` or `tensor-shape` when something cannot be stored.
 */
export function planLayout<Source extends Placeable>(
  tensors: Iterable<readonly [string, Source]>,
  metadata: Readonly<Record<string, string>>,
): SafetensorsLayout<Source> {
  const named = [...tensors]
  checkNames(named.map(([name]) => name))
  named.sort(([, a], [, b]) => bytesPerElement(b.dtype) - bytesPerElement(a.dtype)) // stable
  let end = 0
  const placed = named.map(([name, source]) => {
    const start = end
    end += byteLength(name, source)
    return { name, source, start, end }
  })
  const head = encodeHead(placed, metadata)
  const parts = placed.map(({ name, source, start, end }) => {
    const { dtype, shape } = source
    return { entry: { name, dtype, shape, start: head.length + start, end: head.length + end }, source }
  })
  return { head, parts, fileLength: head.length + end }
}

function encodeHead(
  placed: readonly { name: string; source: Placeable; start: number; end: number }[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const lines = placed.map(({ name, source: { dtype, shape }, start, end }) => {
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: typeNames[dtype], shape, data_offsets: [start, end] })}`
  })
  if (Object.keys(metadata).length > 0) lines.unshift(`"__metadata__":${encodeMetadata(metadata)}`)
  const text = new TextEncoder().encode(`{${lines.join(',')}}`)
  const length = Math.ceil(text.length / 8) * 8
  if (length > longestHeader) throw new UnmaskError('tensor-name', `${placed.length} names make too long a header`)
  const head = new Uint8Array(prefixLength + length).fill(0x20)
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true)
  head.set(text, prefixLength)
  return head
}

function encodeMetadata(metadata: Readonly<Record<string, string>>): string {
  for (const [key, value] of Object.entries(metadata)) {
    const isText = typeof value === 'string' && value.isWellFormed() && key.isWellFormed()
    if (!isText || key === '__proto__') {
      throw new UnmaskError('tensor-name', `metadata ${quote(key)} cannot be stored: well-formed text only`)
    }
  }
  return JSON.stringify(metadata)
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (name === '__metadata__' || name === '__proto__' || !name.isWellFormed()) {
      throw new UnmaskError('tensor-name', `${quote(name)} cannot be the name of a tensor`)
    }
    if (seen.has(name)) throw new UnmaskError('tensor-name', `two tensors are called ${quote(name)}`)
    seen.add(name)
  }
}

function byteLength(name: string, { dtype, shape }: Placeable): number {
  const bytes = sizeOf(shape) * bytesPerElement(dtype)
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0) || !Number.isSafeInteger(bytes)) {
    throw new UnmaskError('tensor-shape', `tensor ${quote(name)}: [${shape}] is not a shape that can be stored`)
  }
  return bytes
}
