import { UnmaskError } from '../../errors.ts'
import type { Frame } from '../frame.ts'
import type { Limits } from '../options.ts'
import type { DecodeReport, FramesOptions, Video, VideoInfo } from '../video.ts'
import { checkRange, checkTimes } from './check.ts'
import type { Plan } from './play.ts'
import type { Player } from './player.ts'
import { Tally } from './tally.ts'
import { within } from './within.ts'

type Frames = AsyncGenerator<Frame, void, undefined>

/** A video as its user sees it: one iteration at a time, within limits, ended by signals. */
export class PlayedVideo implements Video {
  readonly #player: Player
  readonly #limits: Limits
  readonly #source: AsyncDisposable | undefined
  readonly #tally = new Tally()
  /** What the player is at: it does one thing after the other. */
  #work: Promise<unknown> = Promise.resolve()
  /** Ends the iteration that goes on. */
  #current = new AbortController()
  readonly #closing = new AbortController()

  /**
   * @param player becomes the video's own
   * @param source closed after the player
   */
  constructor(player: Player, limits: Limits, source?: AsyncDisposable) {
    this.#player = player
    this.#limits = limits
    this.#source = source
  }

  get info(): VideoInfo {
    return this.#player.info
  }

  get report(): DecodeReport {
    const joined = new Tally()
    joined.add(this.#player.report)
    joined.add(this.#tally.report)
    return joined.report
  }

  async *frames(options: FramesOptions = {}): Frames {
    yield* this.#play(checkRange(options), options.signal)
  }

  async *framesAt(seconds: Iterable<number>, { signal }: { readonly signal?: AbortSignal } = {}): Frames {
    yield* this.#play({ times: checkTimes(seconds) }, signal)
  }

  async *#play(plan: Plan, signal: AbortSignal | undefined): Frames {
    this.#current.abort()
    const current = new AbortController()
    this.#current = current
    const frames = this.#player.play(plan, () => current.signal.aborted)
    try {
      for (let given = 0; ; given++) {
        signal?.throwIfAborted()
        this.#closing.signal.throwIfAborted()
        if (current.signal.aborted) return
        if (given === this.#limits.frames) {
          this.#tally.warn('limit-reached', `ended after ${given} frames (limits.frames)`)
          return
        }
        const { value } = await this.#wait(() => frames.next(), signal)
        if (!value) return
        yield value
      }
    } finally {
      current.abort()
      this.#do(() => frames.return()).catch(() => {})
    }
  }

  /** @throws UnmaskError `video-stalled`, `disposed`; the signal's reason; what the work throws */
  async #wait<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await within(this.#do(work), this.#limits.stallSeconds, [signal, this.#closing.signal])
    } catch (error) {
      this.#player.abandon()
      throw error
    }
  }

  #do<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => {})
    return done
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort(new UnmaskError('disposed', 'the video was closed'))
    this.#player.abandon()
    await this.#work
    await this.#player[Symbol.asyncDispose]()
    await this.#source?.[Symbol.asyncDispose]()
  }
}
