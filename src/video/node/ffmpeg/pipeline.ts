import {
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_DISCARD,
  AV_NOPTS_VALUE,
  AV_PKT_FLAG_CORRUPT,
  AV_PKT_FLAG_DISCARD,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants'
import { type CodecContext, type Frame as NativeFrame, Packet } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import type { Tally } from '../../reading/tally.ts'
import { openDecoder } from './decoder.ts'
import { Demuxer, type Source } from './demuxer.ts'
import { arrived, beginReading, complained, overheard, reasonOf } from './reasons.ts'

export interface PipelineOptions {
  /** Most pixels of a frame. */
  readonly pixels: number
  readonly threads: number
}

/** From packets to decoded frames, in the order in which they are shown. */
export class Pipeline implements AsyncDisposable {
  readonly demuxer: Demuxer
  readonly #decoder: CodecContext
  readonly #tally: Tally
  readonly #packet = new Packet()
  readonly #endReading: () => void
  #skipping = false
  /** Between a seek and the first frame: what cannot be decoded there is whole, only its references are missing. */
  #settling = false
  #drained = false
  /** Whether decoding did not begin at the first frame. */
  #sought = false
  #sparseUntil: bigint | undefined
  #sparse = false
  #lastKey: bigint | undefined
  /** Of the first frame. */
  #size: { readonly width: number; readonly height: number } | undefined
  /** Most units of time seen from a key frame to the next. */
  keySpacing = 0
  /** Packets that hold no picture to show: cut off by an edit list, or empty where the last picture just stays. */
  notShown = 0

  private constructor(demuxer: Demuxer, decoder: CodecContext, tally: Tally, endReading: () => void) {
    this.demuxer = demuxer
    this.#decoder = decoder
    this.#tally = tally
    this.#endReading = endReading
    this.#packet.alloc()
  }

  /** @throws UnmaskError `video-format`, `video-codec`, `video-limit`, `video-damaged` */
  static async open(source: Source, options: PipelineOptions, tally: Tally): Promise<Pipeline> {
    const endReading = beginReading()
    let demuxer: Demuxer | undefined
    try {
      demuxer = await Demuxer.open(source, options.pixels)
      return new Pipeline(demuxer, await openDecoder(demuxer, options), tally, endReading)
    } catch (error) {
      await demuxer?.[Symbol.asyncDispose]()
      endReading()
      throw error
    }
  }

  /**
   * Decodes the next frame.
   * @returns whether there was one more
   * @throws UnmaskError `video-limit` for a frame of too many pixels
   */
  async decode(into: NativeFrame): Promise<boolean> {
    for (;;) {
      const status = await this.#decoder.receiveFrame(into)
      if (status >= 0) {
        if (into.hasFlags(AV_FRAME_FLAG_DISCARD)) continue
        if (this.#isAttached(into)) return false
        this.#tally.framesDecoded++
        this.#settling = false
        if (into.hasFlags(AV_FRAME_FLAG_CORRUPT) || into.decodeErrorFlags !== 0) this.#damaged('decoded with errors')
        this.#notice()
        return true
      }
      if (status !== AVERROR_EAGAIN && status !== AVERROR_EOF) await this.#failed(status)
      if (status === AVERROR_EOF || this.#drained) {
        await arrived()
        this.#notice()
        return false
      }
      await this.#feed()
    }
  }

  /**
   * Goes to a key frame at or before a time of the stream, as far as the file's index can be believed: the caller has to
   * look at the time of the next frame.
   * @param sparseUntil frames before this time may be left out where no other needs them
   * @returns whether the file could do it
   */
  async seek(timestamp: bigint, sparseUntil?: bigint): Promise<boolean> {
    this.#sparseUntil = sparseUntil
    this.#decoder.flushBuffers()
    this.#drained = false
    this.#sought = true
    // What is not a key frame needs others that are not there any more.
    this.#skipping = true
    this.#settling = true
    this.#lastKey = undefined
    return (await this.demuxer.seek(timestamp)) >= 0
  }

  /** Whether a frame is no further one of a picture file, but attached to its picture: a preview, a map of its depth or light. */
  #isAttached({ width, height }: NativeFrame): boolean {
    this.#size ??= { width, height }
    return this.demuxer.container.still && (width !== this.#size.width || height !== this.#size.height)
  }

  async #feed(): Promise<void> {
    const packet = this.#packet
    const status = await this.demuxer.read(packet)
    if (status < 0) {
      if (status !== AVERROR_EOF || (await complained(/ended prematurely|partial file/i))) {
        this.#tally.warn('data-truncated', `reading ended early: ${await reasonOf(status)}`)
      }
      this.#drained = true
      await this.#decoder.sendPacket(null)
      return
    }
    this.#space(packet)
    if (packet.size === 0 || packet.hasFlags(AV_PKT_FLAG_DISCARD)) this.notShown++
    // A packet without bytes would be taken for the end.
    if (packet.size > 0 && !this.#skipping) {
      if (packet.hasFlags(AV_PKT_FLAG_CORRUPT)) this.#damaged('stored incompletely')
      this.#thin(packet)
      const sent = await this.#decoder.sendPacket(packet)
      if (sent < 0) await this.#failed(sent)
    }
    packet.unref()
  }

  #thin({ pts }: Packet): void {
    const sparse = this.#sparseUntil !== undefined && pts !== AV_NOPTS_VALUE && pts < this.#sparseUntil
    if (sparse !== this.#sparse) this.#decoder.setOption('skip_frame', sparse ? 'noref' : 'default')
    this.#sparse = sparse
  }

  /** Learns how far apart key frames are. */
  #space(packet: Packet): void {
    const { dts, isKeyframe } = packet
    if (isKeyframe) this.#skipping = false
    if (dts === AV_NOPTS_VALUE) return
    if (this.#lastKey !== undefined) this.keySpacing = Math.max(this.keySpacing, Number(dts - this.#lastKey))
    if (isKeyframe) this.#lastKey = dts
  }

  async #failed(status: number): Promise<void> {
    if (await complained(/exceeds specified max pixel count/)) {
      throw new UnmaskError('video-limit', `a frame is over limits.pixels (${await reasonOf(status)})`)
    }
    this.#damaged(await reasonOf(status))
  }

  /** FFmpeg often goes on after what is wrong, and only complains; of what is missing where one has sought it does too. */
  #notice(): void {
    const complaint = overheard()
    if (complaint !== undefined && !this.#sought) this.#damaged(complaint)
  }

  #damaged(how: string): void {
    if (this.#settling) return
    this.#tally.count('data-damaged', (count) => `${count} packets or frames are damaged; the last one: ${how}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#packet.free()
    this.#decoder.freeContext()
    await this.demuxer[Symbol.asyncDispose]()
    this.#endReading()
  }
}
