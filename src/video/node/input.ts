import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { fileError, writeRange } from '../../files/positional.ts'
import { within } from '../reading/within.ts'
import type { VideoSource } from '../video.ts'
import { TemporaryFile } from './files.ts'

/** A file to decode. */
export interface InputFile extends AsyncDisposable {
  /** For messages. */
  readonly name: string
  readonly path: string
  readonly bytes: number
  /** Of a file that has no name. */
  readonly fd: number | undefined
}

export interface SpoolLimits {
  readonly streamBytes: number
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
}

/** @throws UnmaskError `file-access` */
export async function inputOfPath(path: string): Promise<InputFile> {
  const { size } = await stat(path).catch((error) => {
    throw fileError(path, error)
  })
  return { name: path, path: resolve(path), bytes: size, fd: undefined, [Symbol.asyncDispose]: async () => {} }
}

/**
 * Keeps bytes in a temporary file: FFmpeg reads here and there in it, and a stream cannot be read twice.
 * @throws UnmaskError `video-limit` (only for streams), `video-stalled`, `file-access`; or the signal's reason
 */
export async function spool(source: Exclude<VideoSource, string>, limits: SpoolLimits): Promise<InputFile> {
  const file = await TemporaryFile.create()
  try {
    const bytes = await fill(file, source, limits)
    const { path, handle } = file
    return {
      name: nameOf(source),
      path,
      bytes,
      fd: handle.fd,
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    }
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw fileError(nameOf(source), error)
  }
}

async function fill(file: TemporaryFile, source: Exclude<VideoSource, string>, limits: SpoolLimits): Promise<number> {
  const known = source instanceof Uint8Array ? source.length : source instanceof Blob ? source.size : undefined
  const { streamBytes, stallSeconds, signal } = limits
  if (source instanceof Uint8Array) await writeRange(file.handle, source, 0)
  if (source instanceof Uint8Array) return source.length
  const reader = (source instanceof Blob ? source.stream() : source).getReader()
  let bytes = 0
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { value } = await within(reader.read(), stallSeconds, [signal])
      if (!value) return bytes
      if (known === undefined && bytes + value.length > streamBytes) {
        throw new UnmaskError('video-limit', `the stream has more than ${streamBytes} bytes (limits.streamBytes)`)
      }
      await writeRange(file.handle, value, bytes)
      bytes += value.length
    }
  } finally {
    // Whoever fills the stream may stop; what it answers does not matter here.
    reader.cancel().catch(() => {})
  }
}

function nameOf(source: Exclude<VideoSource, string>): string {
  if (source instanceof File) return source.name
  return source instanceof Blob ? 'the Blob' : source instanceof Uint8Array ? 'the bytes' : 'the stream'
}
