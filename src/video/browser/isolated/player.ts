import { UnmaskError } from '../../../errors.ts'
import type { Frame } from '../../frame.ts'
import type { Plan } from '../../reading/play.ts'
import type { Player } from '../../reading/player.ts'
import { Tally } from '../../reading/tally.ts'
import type { DecodeReport, VideoInfo } from '../../video.ts'
import type { Input } from '../open-reader.ts'
import { DecodingWorker } from './worker.ts'

const nothing: DecodeReport = { framesDecoded: 0, warnings: [] }

/** Plays what a worker decodes. When that has ended, the next plan starts another. */
export class IsolatedPlayer implements Player {
  readonly #input: Input
  #worker: DecodingWorker | undefined
  #info: VideoInfo | undefined
  #run = 0
  /** What the workers before have reported, and the last report of this one. */
  readonly #earlier = new Tally()
  #latest = nothing

  constructor(input: Input) {
    this.#input = input
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
    const worker = new DecodingWorker()
    this.#worker = worker
    worker.send({ op: 'open', input: this.#input })
    const answer = await worker.receive()
    if (answer.kind === 'error') throw new UnmaskError(answer.code, answer.message)
    if (answer.kind !== 'opened') return
    this.#info ??= answer.info
    this.#latest = answer.report
  }

  async *play(plan: Plan, stopped: () => boolean): AsyncGenerator<Frame, void, undefined> {
    if (!this.#worker) await this.open()
    const worker = this.#worker!
    const run = ++this.#run
    worker.send({ op: 'play', run, plan })
    try {
      for (let given = 0; !stopped(); given++) {
        const frame = await this.#next(worker, run, given > 0)
        if (!frame) return
        yield frame
      }
    } finally {
      worker.send({ op: 'stop', run })
    }
  }

  async #next(worker: DecodingWorker, run: number, begun: boolean): Promise<Frame | undefined> {
    try {
      for (;;) {
        const answer = await worker.receive()
        // What is left of the plan before.
        if (answer.kind === 'opened' || answer.run !== run) continue
        this.#latest = answer.report ?? this.#latest
        if (answer.kind === 'end') return undefined
        if (answer.kind === 'error') throw new UnmaskError(answer.code, answer.message)
        worker.send({ op: 'received', run })
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
    this.#worker?.[Symbol.dispose]()
    this.#worker = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abandon()
  }
}
