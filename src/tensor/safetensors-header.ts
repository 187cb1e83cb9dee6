import { UnmaskError } from '../errors.ts'
import { parseStrictJson } from './safetensors-json.ts'
import { bytesPerElement, type DType, type Shape } from './tensor.ts'

/** Where one tensor lies in a safetensors file. */
export interface SafetensorsEntry {
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
  /** First byte, counted from the beginning of the file. */
  readonly start: number
  /** The byte after the last. */
  readonly end: number
}

/** What the header says, entries in the order of their bytes. */
export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[]
  readonly metadata: Readonly<Record<string, string>>
}

/** Names of the types in the file. Others that the format knows (float8, int8, ...) are refused. */
export const typeNames = {
  float32: 'F32',
  float64: 'F64',
  float16: 'F16',
  bfloat16: 'BF16',
  int32: 'I32',
  int64: 'I64',
  uint8: 'U8',
  bool: 'BOOL',
} as const satisfies Record<DType, string>

const typeOfName = new Map<unknown, DType>(
  Object.entries(typeNames).map(([dtype, name]) => [name, dtype as DType] as const),
)

/** Bytes before the header: its length, unsigned 64 bits, little-endian. */
export const prefixLength = 8
/** The format's own bound, bytes. */
export const longestHeader = 100_000_000

/** The error for a file that breaks the format; `source` names the file. */
export function formatError(source: string, problem: string, options?: ErrorOptions): UnmaskError {
  return new UnmaskError('safetensors-format', `${source}: ${problem}`, options)
}

/** A tensor's name for messages, cut when long. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name)
}

/**
 * Length of the header from the first 8 bytes of a file of `fileLength` bytes.
 * @throws UnmaskError `safetensors-format` when it cannot be true.
 */
export function headerLength(prefix: Uint8Array, fileLength: number, source: string): number {
  if (fileLength < prefixLength) throw formatError(source, `only ${fileLength} bytes, too short for a header`)
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, prefixLength).getBigUint64(0, true))
  if (length > longestHeader) {
    throw formatError(source, `the header claims ${length} bytes, more than the format's ${longestHeader}`)
  }
  if (length > fileLength - prefixLength) {
    throw formatError(
      source,
      `the header claims ${length} bytes, but the file has only ${fileLength - prefixLength} more`,
    )
  }
  return length
}

/**
 * Reads and checks a header: every byte of the file after it belongs to exactly one tensor.
 * @param header the header's bytes, without the length before it.
 * @throws UnmaskError `safetensors-format`.
 */
export function parseHeader(header: Uint8Array, fileLength: number, source: string): SafetensorsHeader {
  const dataStart = prefixLength + header.length
  const { __metadata__: notes = {}, ...descriptions } = parseObject(header, source)
  const metadata = parseMetadata(notes, source)
  const entries = Object.entries(descriptions).map(([name, description]) =>
    parseEntry(name, description, dataStart, fileLength, source),
  )
  entries.sort((a, b) => a.start - b.start || a.end - b.end)
  checkTiling(entries, dataStart, fileLength, source)
  return { entries, metadata }
}

function parseObject(header: Uint8Array, source: string): Record<string, unknown> {
  if (header[0] !== 0x7b)
    throw formatError(source, `the header (bytes 8 to ${8 + header.length}) does not begin with {`)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header)
    return parseStrictJson(text) as Record<string, unknown>
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? cause.message : 'not UTF-8 text'
    throw formatError(source, `the header (bytes 8 to ${8 + header.length}) is not valid: ${problem}`, { cause })
  }
}

function parseMetadata(metadata: unknown, source: string): Record<string, string> {
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw formatError(source, '__metadata__ is not an object of strings')
  }
  return metadata as Record<string, string>
}

function parseEntry(name: string, value: unknown, dataStart: number, fileLength: number, source: string) {
  const fail = (problem: string) => formatError(source, `tensor ${quote(name)}: ${problem}`)
  if (!isObject(value)) throw fail('its description is not an object')
  const { dtype: typeName, shape, data_offsets: offsets } = value
  const dtype = typeOfName.get(typeName)
  if (dtype === undefined) {
    throw fail(`dtype ${show(typeName)} is not one of ${[...typeOfName.keys()].join(', ')}`)
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) throw fail(`shape ${show(shape)} is not a list of whole numbers`)
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw fail(`data_offsets ${show(offsets)} are not two whole numbers`)
  }
  const [start, end] = offsets.map((offset) => dataStart + offset) as [number, number]
  if (end < start) throw fail(`it ends (byte ${end}) before it starts (byte ${start})`)
  if (end > fileLength) throw fail(`it ends at byte ${end}, but the file has ${fileLength}: cut short?`)
  const bytes = byteLength(dtype, shape)
  if (bytes !== end - start) {
    throw fail(`${typeName} [${shape}] takes ${bytes} bytes, but bytes ${start} to ${end} are ${end - start}`)
  }
  return { name, dtype, shape: shape as number[], start, end } satisfies SafetensorsEntry
}

/** NaN when the size, or a part of it before a zero, is too large to be one: the reference reader refuses that too. */
function byteLength(dtype: DType, shape: Shape): number {
  return shape.reduce((product, size) => {
    return Number.isSafeInteger(product * size) ? product * size : Number.NaN
  }, bytesPerElement(dtype))
}

function checkTiling(
  entries: readonly SafetensorsEntry[],
  dataStart: number,
  fileLength: number,
  source: string,
): void {
  let position = dataStart
  let previous = 'the header'
  for (const { name, start, end } of entries) {
    if (start < position)
      throw formatError(source, `tensor ${quote(name)} (bytes ${start} to ${end}) overlaps ${previous}`)
    if (start > position)
      throw formatError(source, `bytes ${position} to ${start}, after ${previous}, belong to no tensor`)
    position = end
    previous = `tensor ${quote(name)}`
  }
  if (position !== fileLength)
    throw formatError(source, `bytes ${position} to ${fileLength}, after ${previous}, belong to no tensor`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
