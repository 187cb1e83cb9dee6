import { Frame as NativeFrame } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import type { Allocate, Decoded, Reader } from '../../reading/reader.ts'
import { Tally } from '../../reading/tally.ts'
import type { VideoInfo } from '../../video.ts'
import { Clock } from './clock.ts'
import type { Source } from './demuxer.ts'
import { endTolerance, frameRateOf, infoOf } from './info.ts'
import { pictureOf } from './picture.ts'
import { Pipeline, type PipelineOptions } from './pipeline.ts'
import { copyPixels } from './pixels.ts'
import { listen } from './reasons.ts'

export interface ReaderOptions extends PipelineOptions {
  /** Frames a second of a single picture. */
  readonly stillsRate: number
}

/** Seconds before the wanted time at which a file that leads too far is asked again. */
const retreats = [0, 1, 4, 16]

/** Frames that a decoder takes in before it gives the first: so far ahead, going on is faster than seeking. */
const startFrames = 8

/** Codecs with many frames that no other needs: H.264's and H.265's are mostly of this kind. */
const sparsely = ['h264', 'hevc']

/** Before the wanted time, so many seconds and frames at least are decoded wholly, to find the one shown. */
const sparseMargin = 0.5
const sparseFrames = 4

/** Reads the frames of one file. */
export class FileReader implements Reader {
  readonly info: VideoInfo
  readonly tally: Tally
  readonly #source: Source
  readonly #options: ReaderOptions
  readonly #clock: Clock
  /** Packets before the first frame that hold none to show. */
  readonly #cutOff: number
  /** The frame given last, the one before, and the one into which is decoded. */
  readonly #ring: NativeFrame[]
  #pipeline: Pipeline
  /** Decoded and not given yet. */
  #pending: Decoded[] = []
  /** The last one decoded. */
  #last: Decoded | undefined
  #ended = false
  /** Number of the next frame; undefined after a seek. */
  #index: number | undefined = 0

  /** @param decoded frames that lie in the ring already, at least one */
  private constructor(
    source: Source,
    options: ReaderOptions,
    pipeline: Pipeline,
    tally: Tally,
    ring: NativeFrame[],
    decoded: number,
  ) {
    this.#source = source
    this.#options = options
    this.#pipeline = pipeline
    this.tally = tally
    this.#ring = ring
    const [first] = ring
    const { stream, rotated, container } = pipeline.demuxer
    const start = first!.bestEffortTimestamp
    const stillsRate = container.still && decoded === 1 ? options.stillsRate : undefined
    this.#cutOff = pipeline.notShown
    this.info = infoOf(pipeline.demuxer, pictureOf(first!, stream, rotated), {
      first: start,
      cutOff: this.#cutOff,
      bytes: source.bytes,
      stillsRate,
    })
    this.#clock = new Clock(stream.timeBase, start, stillsRate ?? frameRateOf(stream))
    for (let n = 0; n < decoded; n++) {
      this.#keep(this.#take(ring[0]!))
      ring.push(ring.shift()!)
    }
  }

  /** @throws UnmaskError `video-format`, `video-codec`, `video-limit`, `video-damaged` (no frame in it) */
  static async open(source: Source, options: ReaderOptions): Promise<FileReader> {
    listen()
    const tally = new Tally()
    const pipeline = await Pipeline.open(source, options, tally)
    const ring = [new NativeFrame(), new NativeFrame(), new NativeFrame()]
    try {
      for (const frame of ring) frame.alloc()
      if (!(await pipeline.decode(ring[0]!))) throw noFrame(source, tally)
      // Only the second picture tells whether a file of pictures is more than one.
      const decoded = pipeline.demuxer.container.still && (await pipeline.decode(ring[1]!)) ? 2 : 1
      return new FileReader(source, options, pipeline, tally, ring, decoded)
    } catch (error) {
      await pipeline[Symbol.asyncDispose]()
      for (const frame of ring) frame.free()
      throw error
    }
  }

  async next(): Promise<Decoded | undefined> {
    return this.#pending.shift() ?? (await this.#decode())
  }

  async seek(seconds: number): Promise<boolean> {
    const ahead = this.#last ? seconds - this.#last.seconds : -1
    const { keySpacing, demuxer } = this.#pipeline
    if (ahead >= 0) {
      const frames = startFrames / (this.info.frameRate ?? 25)
      const spacing = (keySpacing * demuxer.stream.timeBase.num) / demuxer.stream.timeBase.den
      if (this.#ended || !demuxer.container.seekable || ahead <= Math.max(frames, spacing / 2)) return false
    }
    const starts = demuxer.container.seekable ? retreats.map((retreat) => seconds - retreat) : []
    for (const start of starts.filter((time) => time > 0)) {
      const sparseUntil = seconds - Math.max(sparseMargin, sparseFrames / (this.info.frameRate ?? 25))
      const sparse = sparsely.includes(demuxer.codecName) && (await this.#approach(start, seconds, sparseUntil))
      if (sparse || (await this.#approach(start, seconds))) return true
    }
    await this.#restart()
    return true
  }

  /**
   * Seeks and decodes the first frame there.
   * @param start where to seek
   * @param sparseUntil decodes on to a frame at this time, leaving out what can be
   * @returns whether the frame shown at `seconds` is that one or comes after it
   */
  async #approach(start: number, seconds: number, sparseUntil?: number): Promise<boolean> {
    const sparse = sparseUntil === undefined ? undefined : this.#clock.timestamp(sparseUntil)
    if (!(await this.#pipeline.seek(this.#clock.timestamp(start), sparse))) return false
    this.#moved(undefined)
    let found: Decoded | undefined
    do found = await this.#decode()
    while (found && found.seconds < (sparseUntil ?? 0))
    this.#keep(found)
    return found !== undefined && found.seconds <= seconds
  }

  #keep(frame: Decoded | undefined): void {
    if (frame) this.#pending.push(frame)
  }

  /** Decodes until a frame comes that is later than the last one. */
  async #decode(): Promise<Decoded | undefined> {
    if (this.#ended) return undefined
    for (;;) {
      const frame = this.#ring.shift()!
      this.#ring.push(frame)
      frame.unref()
      if (!(await this.#pipeline.decode(frame).catch((error) => this.#limited(error)))) {
        this.#ended = true
        this.#judge()
        return undefined
      }
      const taken = this.#take(frame)
      if (taken) return taken
      // Into the same one again: the others may be in use.
      this.#ring.unshift(this.#ring.pop()!)
      this.tally.count('time-disorder', (count) => `${count} frames dropped, as their time is not after the one before`)
    }
  }

  /** A limit ends the video, but takes back nothing of what came before. */
  #limited(error: unknown): false {
    if (!(error instanceof UnmaskError && error.code === 'video-limit')) throw error
    this.tally.warn('limit-reached', error.message)
    return false
  }

  /** @returns undefined for a frame that is not later than the last one */
  #take(native: NativeFrame): Decoded | undefined {
    const { seconds, endSeconds } = this.#clock.read(native.bestEffortTimestamp, native.duration)
    if (this.#last && seconds <= this.#last.seconds) return undefined
    const index = this.#index
    if (this.#index !== undefined) this.#index++
    const copy = (allocate?: Allocate) => {
      const { stream, rotated } = this.#pipeline.demuxer
      const { picture, pixelFormat } = pictureOf(native, stream, rotated)
      return { ...picture, seconds, index, data: copyPixels(native, pixelFormat, picture.colour.chroma, allocate) }
    }
    this.#last = { seconds, endSeconds, copy }
    return this.#last
  }

  #moved(index: number | undefined): void {
    this.#clock.reset(index === 0)
    this.#index = index
    this.#pending = []
    this.#last = undefined
    this.#ended = false
  }

  /** A fresh start is the only way to the first frame that all files allow. */
  async #restart(): Promise<void> {
    await this.#pipeline[Symbol.asyncDispose]()
    this.#pipeline = await Pipeline.open(this.#source, this.#options, this.tally)
    this.#moved(0)
    const first = await this.#decode()
    if (!first) throw noFrame(this.#source, this.tally)
    this.#keep(first)
  }

  /** After a whole pass: compares what came with what the file claims. */
  #judge(): void {
    const { framesClaimed, durationSeconds } = this.info
    if (this.#index === undefined || !framesClaimed) return
    const { count, exact } = framesClaimed
    const end = this.#last?.endSeconds ?? 0
    const short = exact
      ? this.#index + this.#pipeline.notShown - this.#cutOff < count
      : end < durationSeconds! - endTolerance(this.#pipeline.demuxer, this.info)
    const about = exact ? '' : 'about '
    if (short) this.tally.warn('frames-missing', `${this.#index} frames of ${about}${count} that the file claims`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const frame of this.#ring) frame.free()
    await this.#pipeline[Symbol.asyncDispose]()
  }
}

function noFrame({ name }: Source, tally: Tally): UnmaskError {
  const [warning] = tally.report.warnings
  return new UnmaskError(
    'video-damaged',
    `${name}: not one frame can be decoded${warning ? `: ${warning.message}` : ''}`,
  )
}
