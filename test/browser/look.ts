import { UnmaskError } from '../../src/errors.ts'
import type { Frame } from '../../src/video/frame.ts'
import { openVideo } from '../../src/video/open.ts'
import type { OpenOptions } from '../../src/video/options.ts'
import type { DecodeReport, FramesOptions, VideoInfo, VideoSource } from '../../src/video/video.ts'

/** A video, and which of its frames to look at: the same in Node and in a page. */
export interface LookJob {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** How it is given to `openVideo`; default: as a Blob. */
  readonly as?: 'blob' | 'bytes' | 'stream'
  readonly options?: OpenOptions
  /** Default: all frames. */
  readonly frames?: Omit<FramesOptions, 'signal'>
  /** Instead: the frames at these times. */
  readonly times?: readonly number[]
  /** Aborts after so many frames. */
  readonly abortAfter?: number
}

/** What came of it. */
export interface Look {
  readonly info?: VideoInfo
  readonly report?: DecodeReport
  readonly frames: readonly SeenFrame[]
  /** How it ended, where not well; errors that are not ours have the code "other". */
  readonly error?: { readonly code: string; readonly message: string }
}

export interface SeenFrame extends Omit<Frame, 'data'> {
  /** SHA-256 of the planes, in hexadecimal digits. */
  readonly planes: string
}

export async function look(job: LookJob): Promise<Look> {
  const frames: SeenFrame[] = []
  let seen: Pick<Look, 'info' | 'report'> = {}
  try {
    await using video = await openVideo(sourceOf(job), job.options)
    seen = { info: video.info }
    const abort = new AbortController()
    const { signal } = abort
    const all = job.times ? video.framesAt(job.times, { signal }) : video.frames({ ...job.frames, signal })
    try {
      for await (const { data, ...frame } of all) {
        frames.push({ ...frame, planes: await sha256(data) })
        if (frames.length === job.abortAfter) abort.abort(new UnmaskError('usage', 'aborted'))
      }
    } finally {
      seen = { info: video.info, report: video.report }
    }
    return { ...seen, frames }
  } catch (error) {
    const code = error instanceof UnmaskError ? error.code : 'other'
    return { ...seen, frames, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

function sourceOf({ bytes, as }: LookJob): VideoSource {
  if (as === 'bytes') return bytes
  const blob = new Blob([bytes])
  return as === 'stream' ? blob.stream() : blob
}

async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
