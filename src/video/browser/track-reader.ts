import { UnmaskError } from '../../errors.ts'
import type { Decoded, Reader } from '../reading/reader.ts'
import { Tally } from '../reading/tally.ts'
import type { VideoInfo } from '../video.ts'
import type { Coming } from './decoding.ts'
import { infoOf, type Told } from './info.ts'
import { pictureOf } from './picture.ts'
import { Pipeline } from './pipeline.ts'
import { copyFrame } from './pixels.ts'
import type { Track } from './track.ts'

/** What rounding to microseconds may make of a time, seconds. */
const rounding = 1e-6

/** Share of the frames that may be fewer than duration and rate tell without a word. */
const tolerance = 0.1

/** Bytes of a packet of an MPEG transport stream: plain, with a time stamp, with error correction. */
const transportPackets = [188, 192, 204]

/** Reads the frames of one file, through WebCodecs. */
export class TrackReader implements Reader {
  readonly info: VideoInfo
  readonly tally: Tally
  readonly #steady: boolean
  readonly #track: Track
  readonly #pipeline: Pipeline
  /** Time stamp of the first frame, seconds. */
  readonly #first: number
  /** Decoded and not given yet. */
  #pending: Decoded | undefined
  /** The last one decoded. */
  #last: Decoded | undefined
  /** Frames that may still be copied: the one given last and the one before. */
  readonly #open: VideoFrame[] = []
  #ended = false
  /** Number of the next frame; undefined after a seek. */
  #index: number | undefined = 0

  private constructor(track: Track, pipeline: Pipeline, { info, steady }: Told, coming: Coming) {
    this.#track = track
    this.#pipeline = pipeline
    this.tally = pipeline.tally
    this.info = info
    this.#steady = steady
    this.#first = coming.origin.packet.timestamp
    this.#pending = this.#take(coming)
  }

  /**
   * @param track becomes the reader's own
   * @throws UnmaskError `video-limit`, `video-damaged` (no frame in it)
   */
  static async open(track: Track, pixels: number): Promise<TrackReader> {
    const tally = new Tally()
    const pipeline = new Pipeline(track, pixels, tally)
    let coming: Coming | undefined
    try {
      await pipeline.start()
      coming = await pipeline.decode()
      if (!coming) throw noFrame(track, tally)
      const { frame, origin } = coming
      const picture = pictureOf(frame, track, origin.header)
      const told = await infoOf(track, picture, frame.format, origin.packet.timestamp)
      return new TrackReader(track, pipeline, told, coming)
    } catch (error) {
      coming?.frame.close()
      pipeline.close()
      throw error
    }
  }

  async next(): Promise<Decoded | undefined> {
    const given = this.#pending ?? (await this.#decode())
    this.#pending = undefined
    return given
  }

  async seek(seconds: number): Promise<boolean> {
    const pipeline = this.#pipeline
    const key = await pipeline.keyBefore(this.#first + seconds + rounding)
    const last = this.#last
    // What is already under way to the frame, or past all of them, goes on.
    if (last && last.seconds <= seconds && (this.#ended || !key || pipeline.passed(key))) return false
    for (let from = key; from; from = await pipeline.keyBefore(from.timestamp - rounding)) {
      pipeline.seek(from)
      await this.#move(undefined)
      if (this.#pending && this.#pending.seconds <= seconds) return true
    }
    await pipeline.start()
    await this.#move(0)
    if (!this.#pending) throw noFrame(this.#track, this.tally)
    return true
  }

  /** Takes the first frame after a move of the pipeline. */
  async #move(index: number | undefined): Promise<void> {
    this.#last = undefined
    this.#ended = false
    this.#index = index
    this.#pending = await this.#decode()
  }

  /** Decodes until a frame comes that is later than the last one. */
  async #decode(): Promise<Decoded | undefined> {
    while (!this.#ended) {
      const coming = await this.#pipeline.decode()
      if (!coming) {
        this.#ended = true
        this.#judge()
        break
      }
      const taken = this.#take(coming)
      if (taken) return taken
      this.tally.count('time-disorder', (count) => `${count} frames dropped, as their time is not after the one before`)
    }
    return undefined
  }

  /** @returns undefined for a frame that is not later than the last one */
  #take({ frame, origin }: Coming): Decoded | undefined {
    const { timestamp } = origin.packet
    const duration = origin.packet.duration || 1 / (this.info.frameRate ?? 25)
    const seconds = this.#seconds(timestamp)
    if (this.#last && seconds <= this.#last.seconds) {
      frame.close()
      return undefined
    }
    this.#open.push(frame)
    if (this.#open.length > 2) this.#open.shift()!.close()
    const index = this.#index
    if (this.#index !== undefined) this.#index++
    const picture = pictureOf(frame, this.#track, origin.header)
    const copy = () => copyFrame(frame, picture, seconds, index)
    this.#last = { seconds, endSeconds: this.#seconds(timestamp + duration), copy }
    return this.#last
  }

  /** From the first frame, in whole microseconds. */
  #seconds(timestamp: number): number {
    const { resolution } = this.#track
    const units = Math.round((timestamp - this.#first) * resolution)
    return Math.round((units / resolution) * 1e6) / 1e6
  }

  /** After a whole pass: compares what came with what the file claims. */
  #judge(): void {
    const { container, bytes } = this.#track
    if (container === 'mpegts' && transportPackets.every((size) => bytes % size !== 0)) {
      this.tally.warn('data-truncated', 'the file ends within a packet')
    }
    const { framesClaimed, durationSeconds } = this.info
    if (this.#index === undefined || !framesClaimed) return
    const { count, exact } = framesClaimed
    const found = this.#index + this.#pipeline.notShown
    const least = exact ? count : this.#steady ? count * (1 - tolerance) - 1 : 0
    const end = this.#last?.endSeconds ?? 0
    const ends = exact || end >= durationSeconds! - Math.max(1, 0.02 * durationSeconds!)
    if (found >= least && ends) return
    const about = exact ? '' : 'about '
    this.tally.warn('frames-missing', `${this.#index} frames of ${about}${count} that the file claims`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pipeline.close()
    for (const frame of this.#open.splice(0)) frame.close()
    this.#track.input.dispose()
  }
}

function noFrame({ name }: Track, tally: Tally): UnmaskError {
  const [warning] = tally.report.warnings
  return new UnmaskError(
    'video-damaged',
    `${name}: not one frame can be decoded${warning ? `: ${warning.message}` : ''}`,
  )
}
