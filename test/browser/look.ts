import { clipTensor } from '../../src/clip/tensor.ts'
import { UnmaskError } from '../../src/errors.ts'
import { displaySize, type Frame } from '../../src/video/frame.ts'
import type { Image } from '../../src/video/image.ts'
import { openVideo } from '../../src/video/open.ts'
import type { OpenOptions } from '../../src/video/options.ts'
import { crop } from '../../src/video/sample/crop.ts'
import type { DecodeReport, FramesOptions, VideoInfo, VideoSource } from '../../src/video/video.ts'

/** A video, and which of its frames to look at: the same in Node and in a page. */
export interface LookJob {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** How it is given to `openVideo`; default: as a Blob. */
  readonly as?: 'blob' | 'bytes' | 'stream' | 'path'
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
  /** SHA-256 of what a network is given of the first frames, where there are any. */
  readonly networkInput?: string
  /** How it ended, where not well; errors that are not ours have the code "other". */
  readonly error?: { readonly code: string; readonly message: string }
}

/** Hashes are SHA-256 in hexadecimal digits. */
export interface SeenFrame extends Omit<Frame, 'data'> {
  readonly planes: string
  /** Of a crop that is scaled and reaches beyond the picture. */
  readonly crop: string
}

const size = 32
const networkInput = { size, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const
const networkFrames = 4

export async function look(job: LookJob): Promise<Look> {
  const frames: SeenFrame[] = []
  const crops: Image[] = []
  let seen: Pick<Look, 'info' | 'report'> = {}
  try {
    await using video = await openVideo(sourceOf(job), job.options)
    seen = { info: video.info }
    const abort = new AbortController()
    const { signal } = abort
    const all = job.times ? video.framesAt(job.times, { signal }) : video.frames({ ...job.frames, signal })
    try {
      for await (const frame of all) {
        const cropped = cropOf(frame)
        if (crops.length < networkFrames) crops.push(cropped)
        const { data, ...rest } = frame
        frames.push({ ...rest, planes: await sha256(data), crop: await sha256(cropped.data) })
        if (frames.length === job.abortAfter) abort.abort(new UnmaskError('usage', 'aborted'))
      }
    } finally {
      seen = { info: video.info, report: video.report }
    }
    return { ...seen, frames, ...(crops.length > 0 ? { networkInput: await inputOf(crops) } : {}) }
  } catch (error) {
    const code = error instanceof UnmaskError ? error.code : 'other'
    return { ...seen, frames, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

function sourceOf({ bytes, as }: LookJob): VideoSource {
  if (as === 'bytes') return bytes
  if (as === 'path') return 'video.mp4'
  const blob = new Blob([bytes])
  return as === 'stream' ? blob.stream() : blob
}

function cropOf(frame: Frame): Image {
  const { width, height } = displaySize(frame)
  return crop(frame, { x: width / 3, y: -height / 8, width: width * 0.8, height }, { width: size, height: size })
}

function inputOf(crops: readonly Image[]): Promise<string> {
  const { data } = clipTensor(crops, networkInput)
  return sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

export async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
