import { UnmaskError } from '../../../errors.ts'
import { type Frame, frameBytes } from '../../frame.ts'
import type { Plan } from '../../reading/play.ts'
import type { Player } from '../../reading/player.ts'
import { Tally } from '../../reading/tally.ts'
import type { DecodeReport, VideoInfo } from '../../video.ts'
import type { ReaderOptions } from '../ffmpeg/file-reader.ts'
import { nameless, pathOfDescriptor } from '../files.ts'
import type { OpenInput } from '../input.ts'
import { DecodingProcess } from './process.ts'
import { type Answer, type Command, inputDescriptor } from './protocol.ts'
import { nonsense } from './records.ts'

const nothing: DecodeReport = { framesDecoded: 0, warnings: [] }

/** Plays what a process of its own decodes. When that has ended, the next plan starts another. */
export class IsolatedPlayer implements Player {
  readonly #opening: Command & { op: 'open' }
  readonly #fd: number | undefined
  #process: DecodingProcess | undefined
  /** Settles when all processes that were ended have gone. */
  #gone: Promise<unknown> = Promise.resolve()
  #info: VideoInfo | undefined
  #run = 0
  /** What the processes before have reported, and the last report of this one. */
  readonly #earlier = new Tally()
  #latest = nothing

  /** @param memory resident memory at which the process is ended, bytes */
  constructor({ input, fd }: OpenInput, options: ReaderOptions, memory: number) {
    // The process opens the same file by a number of its own.
    const path = fd !== undefined && nameless ? { path: pathOfDescriptor(inputDescriptor) } : {}
    this.#opening = { op: 'open', input: { ...input, ...path }, options, memory }
    this.#fd = fd
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
    const process = new DecodingProcess(this.#fd, mostBytes(this.#opening.options.pixels))
    this.#process = process
    process.send(this.#opening)
    const { answer } = await process.receive()
    if (answer.kind === 'error') throw new UnmaskError(answer.code, answer.message)
    if (answer.kind !== 'opened') throw nonsense()
    this.#info ??= answer.info
    this.#latest = answer.report
  }

  async *play(plan: Plan, stopped: () => boolean): AsyncGenerator<Frame, void, undefined> {
    if (!this.#process) await this.open()
    const process = this.#process!
    const run = ++this.#run
    process.send({ op: 'play', run, plan })
    try {
      for (let given = 0; !stopped(); given++) {
        const frame = await this.#next(process, run, given > 0)
        if (!frame) return
        yield frame
      }
    } finally {
      process.send({ op: 'stop', run })
    }
  }

  async #next(process: DecodingProcess, run: number, begun: boolean): Promise<Frame | undefined> {
    try {
      for (;;) {
        const { answer, data } = await process.receive()
        if (answer.kind === 'opened') throw nonsense()
        // What the plan before has left in the pipe.
        if (answer.run !== run) continue
        this.#latest = answer.report ?? this.#latest
        if (answer.kind === 'end') return undefined
        if (answer.kind === 'error') throw new UnmaskError(answer.code, answer.message)
        return frameOf(answer, data)
      }
    } catch (error) {
      this.abandon()
      if (!(begun && error instanceof UnmaskError && error.code === 'video-limit')) throw error
      this.#earlier.warn('limit-reached', error.message)
      return undefined
    }
  }

  abandon(): void {
    this.#gone = Promise.all([this.#gone, this.#process?.[Symbol.asyncDispose]()])
    this.#process = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abandon()
    await this.#gone
  }
}

function frameOf({ frame }: Answer & { kind: 'frame' }, data: Frame['data']): Frame {
  if (data.length !== frameBytes(frame.width, frame.height)) throw nonsense()
  return { ...frame, data }
}

/** The smallest picture, one pixel, has as much chroma as two more pixels. */
function mostBytes(pixels: number): number {
  return 3 * pixels
}
