import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { fileError, writeRange } from '../../files/positional.ts'
import { within } from '../reading/within.ts'
import type { VideoSource } from '../video.ts'
import type { Input } from './ffmpeg/open.ts'
import { TemporaryFile } from './files.ts'
import { isGlob, stillsInFolder, stillsOfGlob } from './stills.ts'

/** What to decode, and what has to be closed after it. */
export interface OpenInput extends AsyncDisposable {
  readonly input: Input
  /** Of a file that has no name. */
  readonly fd: number | undefined
}

export interface SpoolLimits {
  readonly streamBytes: number
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
}

/**
 * A file, a folder of stills or a glob of stills.
 * @throws UnmaskError `file-access`, `video-format` (no stills)
 */
export async function inputOfPath(path: string): Promise<OpenInput> {
  const input = await findInput(path)
  return { input, fd: undefined, [Symbol.asyncDispose]: async () => {} }
}

async function findInput(path: string): Promise<Input> {
  if (path.includes('\0')) throw new UnmaskError('file-access', `${JSON.stringify(path)}: no path has a zero byte`)
  const found = await stat(path).catch((error) => {
    if (!isGlob(path)) throw fileError(path, error)
  })
  if (!found) return { name: path, pictures: await stillsOfGlob(path) }
  if (found.isDirectory()) return { name: path, pictures: await stillsInFolder(path) }
  // Opening a pipe would wait until somebody writes into it.
  if (!found.isFile()) throw new UnmaskError('file-access', `${path}: is not a regular file`)
  return { name: path, path: resolve(path), bytes: found.size }
}

/**
 * Keeps bytes in a temporary file: FFmpeg reads here and there in it, and a stream cannot be read twice.
 * @throws UnmaskError `video-limit` (only for streams), `video-stalled`, `file-access`, `option-invalid` for what is no
 *   source; or the signal's reason
 */
export async function spool(source: Exclude<VideoSource, string>, limits: SpoolLimits): Promise<OpenInput> {
  const name = nameOf(source)
  const file = await TemporaryFile.create()
  try {
    const bytes = await fill(file, name, source, limits)
    const input = { name, path: file.path, bytes }
    return { input, fd: file.handle.fd, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() }
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw fileError(name, error)
  }
}

async function fill(
  file: TemporaryFile,
  name: string,
  source: Exclude<VideoSource, string>,
  limits: SpoolLimits,
): Promise<number> {
  if (source instanceof Uint8Array) {
    await writeRange(file.handle, source, 0)
    return source.length
  }
  const most = source instanceof Blob ? source.size : limits.streamBytes
  const reader = (source instanceof Blob ? source.stream() : source).getReader()
  let bytes = 0
  try {
    for (;;) {
      limits.signal?.throwIfAborted()
      const value = await within(read(reader, name), limits.stallSeconds, [limits.signal])
      if (!value) return bytes
      if (bytes + value.length > most) {
        throw new UnmaskError('video-limit', `the stream has more than ${most} bytes (limits.streamBytes)`)
      }
      await writeRange(file.handle, value, bytes)
      bytes += value.length
    }
  } finally {
    // Whoever fills the stream may stop; what it answers does not matter here.
    reader.cancel().catch(() => {})
  }
}

/** The next bytes; undefined after the last. Chunks without bytes do not count, else they could go on for ever. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array>, name: string): Promise<Uint8Array | undefined> {
  try {
    for (;;) {
      const { value } = await reader.read()
      if (value?.length !== 0) return value
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UnmaskError('file-access', `${name}: cannot be read (${reason})`, { cause })
  }
}

/** @throws UnmaskError `option-invalid` */
function nameOf(source: Exclude<VideoSource, string>): string {
  if (source instanceof File) return source.name
  if (source instanceof Blob) return 'the Blob'
  if (source instanceof Uint8Array) return 'the bytes'
  if (source instanceof ReadableStream && !source.locked) return 'the stream'
  const given =
    source instanceof ReadableStream
      ? 'somebody else reads from the stream'
      : `nothing can be opened from ${typeof source === 'object' ? 'this object' : source}`
  throw new UnmaskError(
    'option-invalid',
    `openVideo: ${given}; give a path, a Blob, a Uint8Array or a ReadableStream of bytes`,
  )
}
