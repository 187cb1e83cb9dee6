import type { CompileOptions, DeviceOptions, DeviceReport, Tensors } from '../../src/runtime/index.ts'

/** A model to be run in the page: once for each of the feeds, in order. */
export interface Job extends DeviceOptions {
  readonly model: Uint8Array
  readonly options?: CompileOptions
  /** State to write before the first run. */
  readonly state?: Tensors
  readonly feeds: readonly Tensors[]
}

/** What came of a job. */
export interface Result {
  readonly outputs: Tensors[]
  /** The device's whole state after the last run. */
  readonly state: Tensors
  readonly report: DeviceReport
  /** Milliseconds. */
  readonly times: { readonly open: number; readonly compile: number; readonly runs: readonly number[] }
}

// Arrays travel inside JSON as data URLs, which browsers and Node read and write fast.
type Packed = { readonly array: string; readonly type: string }

/** Plain objects, lists and arrays of numbers as text. */
export async function encode(value: unknown): Promise<string> {
  return JSON.stringify(await walk(value, async (part) => (ArrayBuffer.isView(part) ? pack(part) : undefined)))
}

export async function decode<Value>(text: string): Promise<Value> {
  return (await walk(JSON.parse(text), async (part) => (isPacked(part) ? unpack(part) : undefined))) as Value
}

/** Copies plain objects and lists, replacing the parts that `replace` knows. */
async function walk(value: unknown, replace: (part: unknown) => Promise<unknown>): Promise<unknown> {
  const replaced = await replace(value)
  if (replaced !== undefined) return replaced
  if (Array.isArray(value)) return Promise.all(value.map((part) => walk(part, replace)))
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).map(async ([key, part]) => [key, await walk(part, replace)] as const)
  return Object.fromEntries(await Promise.all(parts))
}

async function pack(view: ArrayBufferView): Promise<Packed> {
  const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)
  return {
    array: await toBase64(bytes),
    type: (view as unknown as { [Symbol.toStringTag]: string })[Symbol.toStringTag],
  }
}

async function unpack({ array, type }: Packed): Promise<unknown> {
  const bytes = await (await fetch(`data:application/octet-stream;base64,${array}`)).arrayBuffer()
  return new (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>)[type]!(bytes)
}

function isPacked(value: unknown): value is Packed {
  return typeof value === 'object' && value !== null && 'array' in value
}

async function toBase64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (typeof FileReader === 'undefined')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const reader = new FileReader()
  const { promise, resolve } = Promise.withResolvers<void>()
  reader.onloadend = () => resolve()
  reader.readAsDataURL(new Blob([bytes]))
  await promise
  return (reader.result as string).split(',')[1] ?? ''
}
