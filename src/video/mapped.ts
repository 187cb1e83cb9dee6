import type { Frame } from './frame.ts'
import type { DecodeReport, FramesOptions, Video, VideoInfo } from './video.ts'

/** A video with each frame changed as it is given out. It looks like one to whoever reads it. */
export class MappedVideo implements Video {
  readonly #video: Video
  readonly #change: (frame: Frame) => void

  /**
   * @param video becomes this one's own: it is closed with it
   * @param change writes into the frame's data, of which nobody else knows; the same for a frame however it is come to
   */
  constructor(video: Video, change: (frame: Frame) => void) {
    this.#video = video
    this.#change = change
  }

  get info(): VideoInfo {
    return this.#video.info
  }

  get report(): DecodeReport {
    return this.#video.report
  }

  async *frames(options?: FramesOptions): AsyncGenerator<Frame, void, undefined> {
    yield* this.#changed(this.#video.frames(options))
  }

  async *framesAt(seconds: Iterable<number>, options?: { readonly signal?: AbortSignal }) {
    yield* this.#changed(this.#video.framesAt(seconds, options))
  }

  async *#changed(frames: AsyncGenerator<Frame, void, undefined>): AsyncGenerator<Frame, void, undefined> {
    for await (const frame of frames) {
      this.#change(frame)
      yield frame
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#video[Symbol.asyncDispose]()
  }
}
