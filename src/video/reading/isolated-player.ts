import { UnmaskError } from '../../errors.ts'
import type { Frame } from '../frame.ts'
import type { DecodeReport, VideoInfo } from '../video.ts'
import type { IsolatedDecoder } from './isolation.ts'
import type { Plan } from './play.ts'
import type { Player } from './player.ts'
import type { Allocate } from './reader.ts'
import { memoryFor } from './reused.ts'
import { Tally } from './tally.ts'

const nothing: DecodeReport = { framesDecoded: 0, warnings: [] }

/** Plays what a decoder decodes that runs apart. When that has ended, the next plan starts another. */
export class IsolatedPlayer implements Player {
  readonly #start: () => IsolatedDecoder
  #decoder: IsolatedDecoder | undefined
  /** Settles when all decoders that were ended have gone. */
  #gone: Promise<unknown> = Promise.resolve()
  #info: VideoInfo | undefined
  #run = 0
  /** What the decoders before have reported, and the last report of this one. */
  readonly #earlier = new Tally()
  #latest = nothing

  constructor(start: () => IsolatedDecoder) {
    this.#start = start
  }

  /** Only after `open`. */
  get info(): VideoInfo {
    return this.#info!
  }

  get report(): DecodeReport {
    const joined = new Tally()
    joined.add(this.#earlier.report)
    joined.add(this.#latest)
    return joined.report
  }

  /** @throws UnmaskError `video-format`, `video-codec`, `video-limit`, `video-damaged` */
  async open(): Promise<void> {
    this.#earlier.add(this.#latest)
    this.#latest = nothing
    const decoder = this.#start()
    this.#decoder = decoder
    const answer = await decoder.receive()
    if (answer.kind === 'error') throw new UnmaskError(answer.code, answer.message)
    if (answer.kind !== 'opened') throw new UnmaskError('video-damaged', 'the decoder answered with nonsense')
    this.#info ??= answer.info
    this.#latest = answer.report
  }

  async *play(plan: Plan, stopped: () => boolean): AsyncGenerator<Frame, void, undefined> {
    if (!this.#decoder) await this.open()
    const decoder = this.#decoder!
    const run = ++this.#run
    const allocate = memoryFor(plan)
    decoder.play(run, plan)
    try {
      for (let given = 0; !stopped(); given++) {
        const frame = await this.#next(decoder, run, given > 0, allocate)
        if (!frame) return
        yield frame
      }
    } finally {
      decoder.stop(run)
    }
  }

  async #next(
    decoder: IsolatedDecoder,
    run: number,
    begun: boolean,
    allocate: Allocate | undefined,
  ): Promise<Frame | undefined> {
    try {
      for (;;) {
        const answer = await decoder.receive(allocate)
        // What is left of the plan before.
        if (answer.kind === 'opened' || answer.run !== run) continue
        this.#latest = answer.report ?? this.#latest
        if (answer.kind === 'end') return undefined
        if (answer.kind === 'error') throw new UnmaskError(answer.code, answer.message)
        return answer.frame
      }
    } catch (error) {
      this.abandon()
      if (!(begun && error instanceof UnmaskError && error.code === 'video-limit')) throw error
      this.#earlier.warn('limit-reached', error.message)
      return undefined
    }
  }

  abandon(): void {
    this.#gone = Promise.all([this.#gone, this.#decoder?.[Symbol.asyncDispose]()])
    this.#decoder = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abandon()
    await this.#gone
  }
}
