import { UnmaskError } from '../../errors.ts'
import { within } from '../reading/within.ts'
import type { VideoSource } from '../video.ts'

/** Bytes to be read, as often and in whatever order. */
export interface Bytes {
  /** For messages. */
  readonly name: string
  readonly blob: Blob
}

export interface StreamLimits {
  readonly streamBytes: number
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
}

/** Bytes of a stream that are held in memory before the browser may put them on disk, as it does with Blobs. */
const heldBytes = 16 * 2 ** 20

/**
 * @throws UnmaskError `option-invalid` for what browsers cannot open, as paths are; `video-limit`, `video-stalled` for
 *   streams; or the signal's reason
 */
export async function bytesOf(source: VideoSource, limits: StreamLimits): Promise<Bytes> {
  if (source instanceof Blob) return { name: source instanceof File ? source.name : 'the Blob', blob: source }
  if (source instanceof Uint8Array) return { name: 'the bytes', blob: new Blob([source]) }
  if (source instanceof ReadableStream) return { name: 'the stream', blob: await collect(source, limits) }
  const given = typeof source === 'string' ? `the path "${source}"` : String(source)
  throw new UnmaskError(
    'option-invalid',
    `openVideo: ${given} cannot be opened in a browser; give a File or another Blob, bytes, or a stream of bytes`,
  )
}

/** Keeps the bytes of a stream, which cannot be read twice. */
async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { streamBytes, stallSeconds, signal }: StreamLimits,
): Promise<Blob> {
  if (stream.locked) throw new UnmaskError('option-invalid', 'openVideo: somebody else reads from the stream')
  const reader = stream.getReader()
  let [bytes, held] = [0, 0]
  let parts: BlobPart[] = []
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { value } = await within(reader.read(), stallSeconds, [signal])
      if (!value) return new Blob(parts)
      bytes += value.byteLength
      if (bytes > streamBytes) {
        throw new UnmaskError('video-limit', `the stream has more than ${streamBytes} bytes (limits.streamBytes)`)
      }
      parts.push(value)
      held += value.byteLength
      if (held >= heldBytes) [parts, held] = [[new Blob(parts)], 0]
    }
  } finally {
    // Whoever fills the stream may stop; what it answers does not matter here.
    reader.cancel().catch(() => {})
  }
}
