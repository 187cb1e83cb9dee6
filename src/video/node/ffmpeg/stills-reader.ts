import { stat } from 'node:fs/promises'
import { Frame as NativeFrame } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import { fileError } from '../../../files/positional.ts'
import type { Allocate, Decoded, Reader } from '../../reading/reader.ts'
import { Tally } from '../../reading/tally.ts'
import type { VideoInfo } from '../../video.ts'
import type { ReaderOptions } from './file-reader.ts'
import { infoOf } from './info.ts'
import { type NativePicture, pictureOf } from './picture.ts'
import { Pipeline } from './pipeline.ts'
import { copyPixels } from './pixels.ts'
import { listen } from './reasons.ts'

/** Names of unreadable pictures in the warning. */
const namesTold = 5

/** Reads pictures as the frames of a video. One that cannot be read leaves a gap, in which the one before stays. */
export class StillsReader implements Reader {
  readonly tally = new Tally()
  readonly #paths: readonly string[]
  readonly #options: ReaderOptions
  /** The picture given last, the one before, and the one into which is decoded. */
  readonly #ring: NativeFrame[] = []
  readonly #unreadable = new Set<string>()
  #info: VideoInfo | undefined
  /** Number of the next picture. */
  #number = 0
  #pending: Decoded | undefined

  private constructor(paths: readonly string[], options: ReaderOptions) {
    this.#paths = paths
    this.#options = options
  }

  /** @throws UnmaskError `video-damaged` when none can be read, `video-limit` when the first of these is too large */
  static async open(name: string, paths: readonly string[], options: ReaderOptions): Promise<StillsReader> {
    listen()
    const reader = new StillsReader(paths, options)
    for (let i = 0; i < 3; i++) {
      const frame = new NativeFrame()
      frame.alloc()
      reader.#ring.push(frame)
    }
    reader.#pending = await reader.#following()
    if (reader.#pending) return reader
    await reader[Symbol.asyncDispose]()
    const [warning] = reader.tally.report.warnings
    throw new UnmaskError('video-damaged', `${name}: ${warning?.message}`)
  }

  get info(): VideoInfo {
    return this.#info!
  }

  async next(): Promise<Decoded | undefined> {
    const given = this.#pending ?? (await this.#following())
    this.#pending = undefined
    return given
  }

  async seek(seconds: number): Promise<boolean> {
    if (this.#pending && this.#pending.seconds <= seconds && seconds < this.#pending.endSeconds) return false
    let number = Math.min(Math.ceil(seconds * this.#options.stillsRate), this.#paths.length - 1)
    while (number > 0 && this.#time(number) > seconds) number--
    this.#pending = undefined
    for (let back = number; back >= 0 && !this.#pending; back--) this.#pending = await this.#read(back)
    this.#number = number + 1
    this.#pending ??= await this.#following()
    return true
  }

  async #following(): Promise<Decoded | undefined> {
    while (this.#number < this.#paths.length) {
      const read = await this.#read(this.#number++)
      if (read) return read
    }
    return undefined
  }

  /** @returns undefined for a picture that cannot be read, with a warning that names it */
  async #read(number: number): Promise<Decoded | undefined> {
    const path = this.#paths[number]!
    const frame = this.#ring.shift()!
    this.#ring.push(frame)
    frame.unref()
    const tally = new Tally()
    try {
      const native = await this.#decode(path, frame, tally).catch((error) => {
        throw fileError(path, error)
      })
      this.tally.framesDecoded++
      if (tally.report.warnings.length > 0) this.#damaged(path)
      return this.#decoded(frame, native, number)
    } catch (error) {
      if (!(error instanceof UnmaskError)) throw error
      this.#damaged(path)
      return undefined
    }
  }

  async #decode(path: string, frame: NativeFrame, tally: Tally): Promise<NativePicture> {
    // Opening a pipe would wait until somebody writes into it.
    if (!(await stat(path)).isFile()) throw new UnmaskError('file-access', `${path}: is not a regular file`)
    const source = { name: path, path, bytes: 0 }
    await using pipeline = await Pipeline.open(source, { ...this.#options, threads: 1 }, tally)
    const { demuxer } = pipeline
    const { still } = demuxer.container
    if (!still && demuxer.stream.nbFrames !== 1n) throw new UnmaskError('video-format', `${path}: is not a picture`)
    if (!(await pipeline.decode(frame))) throw new UnmaskError('video-damaged', `${path}: cannot be decoded`)
    const native = pictureOf(frame, demuxer.stream, demuxer.rotated)
    this.#info ??= this.#describe(
      infoOf(demuxer, native, { first: 0n, cutOff: 0, bytes: 0, stillsRate: this.#options.stillsRate }),
    )
    return native
  }

  #describe(first: VideoInfo): VideoInfo {
    const count = this.#paths.length
    return {
      ...first,
      container: 'stills',
      frameRate: this.#options.stillsRate,
      durationSeconds: this.#time(count),
      framesClaimed: { count, exact: true },
      bytes: undefined,
    }
  }

  #decoded(frame: NativeFrame, { picture, pixelFormat }: NativePicture, number: number): Decoded {
    const [seconds, endSeconds] = [this.#time(number), this.#time(number + 1)]
    const copy = (allocate?: Allocate) => {
      const data = copyPixels(frame, pixelFormat, picture.colour.chroma, allocate)
      return { ...picture, seconds, index: number, data }
    }
    return { seconds, endSeconds, copy }
  }

  #damaged(path: string): void {
    this.#unreadable.add(path)
    const names = [...this.#unreadable].slice(0, namesTold).join(', ')
    const more = this.#unreadable.size > namesTold ? ', ...' : ''
    const count = `${this.#unreadable.size} of ${this.#paths.length} pictures`
    this.tally.warn('data-damaged', `${count} cannot be decoded or only with errors: ${names}${more}`)
  }

  #time(number: number): number {
    return Math.round((number * 1e6) / this.#options.stillsRate) / 1e6
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const frame of this.#ring) frame.free()
  }
}
