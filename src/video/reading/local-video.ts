import { UnmaskError } from '../../errors.ts'
import type { Frame } from '../frame.ts'
import type { Limits } from '../options.ts'
import type { DecodeReport, FramesOptions, Video, VideoInfo } from '../video.ts'
import { checkRange, checkTimes } from './check.ts'
import { type Plan, play } from './play.ts'
import { Playhead } from './playhead.ts'
import type { Reader } from './reader.ts'
import { within } from './within.ts'

/** A video that is decoded here, by a reader of its own. */
export class LocalVideo implements Video {
  readonly #reader: Reader
  readonly #limits: Limits
  readonly #playhead: Playhead
  /** What the reader is at: it does one thing after the other. */
  #work: Promise<unknown> = Promise.resolve()
  /** Ends the iteration that goes on. */
  #current = new AbortController()
  readonly #closing = new AbortController()

  /** @param reader becomes the video's own */
  constructor(reader: Reader, limits: Limits) {
    this.#reader = reader
    this.#limits = limits
    this.#playhead = new Playhead(reader)
  }

  get info(): VideoInfo {
    return this.#reader.info
  }

  get report(): DecodeReport {
    return this.#reader.tally.report
  }

  async *frames(options: FramesOptions = {}): AsyncGenerator<Frame, void, undefined> {
    yield* this.#play(checkRange(options), options.signal)
  }

  async *framesAt(
    seconds: Iterable<number>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Frame, void, undefined> {
    yield* this.#play({ times: checkTimes(seconds) }, signal)
  }

  async *#play(plan: Plan, signal: AbortSignal | undefined): AsyncGenerator<Frame, void, undefined> {
    this.#current.abort()
    const current = new AbortController()
    this.#current = current
    const stopped = () => current.signal.aborted || this.#closing.signal.aborted
    const frames = play(this.#playhead, plan, stopped)
    try {
      for (let given = 0; ; given++) {
        signal?.throwIfAborted()
        this.#closing.signal.throwIfAborted()
        if (current.signal.aborted) return
        if (given === this.#limits.frames) {
          this.#reader.tally.warn('limit-reached', `ended after ${given} frames (limits.frames)`)
          return
        }
        const work = this.#work.then(() => frames.next())
        this.#work = work.catch(() => {})
        const { value } = await within(work, this.#limits.stallSeconds, [signal, this.#closing.signal])
        if (!value) return
        yield value
      }
    } finally {
      current.abort()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort(new UnmaskError('disposed', 'the video was closed'))
    await this.#work
    await this.#reader[Symbol.asyncDispose]()
  }
}
