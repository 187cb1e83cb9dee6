import { type Frame, frameBytes, type Picture, planesOf } from '../frame.ts'
import { openVideo } from '../open.ts'
import type { DecodeReport, FramesOptions, Video, VideoInfo } from '../video.ts'
import { encodeVideo, type Timed } from './writer/writer.ts'

export interface TranscodeOptions {
  /** Constant rate factor of H.264, 0 (best) to 51. */
  readonly crf: number
  readonly signal?: AbortSignal
}

/**
 * A video as it comes back from a real encoder: all of it is decoded, encoded as H.264 (x264, preset medium, one thread:
 * the same bits on every machine) and opened again. Times, colour, orientation and size stay.
 * @param video becomes the result's own: it is closed with it, also where this fails
 * @throws what iterating over the video throws; UnmaskError `video-write`
 */
export async function transcoded(video: Video, { crf, signal }: TranscodeOptions): Promise<Video> {
  const stop = signal ? { signal } : {}
  try {
    const frames = video.frames({ reuse: true, ...stop })
    const { value: first } = await frames.next()
    if (!first) throw new Error('a video without frames or an error')
    const { width, height, colour } = first
    const { frameRate = 25 } = video.info
    const bytes = await encodeVideo('mp4', timed(first, frames), { width, height, colour, crf, frameRate })
    return new Transcoded(video, await openVideo(bytes, { isolated: false, ...stop }), first)
  } catch (error) {
    await video[Symbol.asyncDispose]()
    throw error
  }
}

async function* timed(first: Frame, others: AsyncGenerator<Frame, void, undefined>): AsyncGenerator<Timed> {
  yield { picture: first, seconds: first.seconds }
  for await (const frame of others) yield { picture: frame, seconds: frame.seconds }
}

/** What was encoded, with what only the original knows. */
class Transcoded implements Video {
  readonly #original: Video
  readonly #encoded: Video
  readonly #picture: Picture

  constructor(original: Video, encoded: Video, { width, height, colour, pixelAspect, rotation, flip }: Picture) {
    this.#original = original
    this.#encoded = encoded
    this.#picture = { width, height, colour, pixelAspect, rotation, flip }
  }

  get info(): VideoInfo {
    return this.#original.info
  }

  get report(): DecodeReport {
    return this.#original.report
  }

  async *frames(options?: FramesOptions): AsyncGenerator<Frame, void, undefined> {
    for await (const frame of this.#encoded.frames(options)) yield this.#asOriginal(frame)
  }

  async *framesAt(seconds: Iterable<number>, options?: { readonly signal?: AbortSignal }) {
    for await (const frame of this.#encoded.framesAt(seconds, options)) yield this.#asOriginal(frame)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#encoded[Symbol.asyncDispose]()
    await this.#original[Symbol.asyncDispose]()
  }

  /** H.264 has even sizes: an odd one had a column or row repeated. */
  #asOriginal(frame: Frame): Frame {
    const picture = this.#picture
    const same = frame.width === picture.width && frame.height === picture.height
    return { ...frame, ...picture, data: same ? frame.data : within(frame, picture) }
  }
}

function within(frame: Frame, { width, height }: Picture): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(frameBytes(width, height))
  const { y } = planesOf(frame)
  for (let row = 0; row < height; row++) {
    data.set(y.subarray(row * frame.width, row * frame.width + width), row * width)
  }
  data.set(frame.data.subarray(frame.width * frame.height), width * height)
  return data
}
