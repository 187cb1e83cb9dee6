import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AVCHROMA_LOC_CENTER,
  AVCHROMA_LOC_LEFT,
  AVCHROMA_LOC_TOPLEFT,
  AVCOL_PRI_BT709,
  AVCOL_PRI_BT2020,
  AVCOL_PRI_SMPTE170M,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_SMPTE170M,
  AVCOL_TRC_BT709,
  AVCOL_TRC_BT2020_10,
  AVCOL_TRC_SMPTE170M,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, Frame, Packet, Rational } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import type { Container } from './container.ts'
import { checked } from './native.ts'
import type { ResolvedWriterOptions } from './options.ts'

const matrices = {
  bt601: { space: AVCOL_SPC_SMPTE170M, primaries: AVCOL_PRI_SMPTE170M, transfer: AVCOL_TRC_SMPTE170M },
  bt709: { space: AVCOL_SPC_BT709, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_BT709 },
  bt2020: { space: AVCOL_SPC_BT2020_NCL, primaries: AVCOL_PRI_BT2020, transfer: AVCOL_TRC_BT2020_10 },
} as const
const ranges = { limited: AVCOL_RANGE_MPEG, full: AVCOL_RANGE_JPEG } as const
const chromas = { left: AVCHROMA_LOC_LEFT, centre: AVCHROMA_LOC_CENTER, 'top-left': AVCHROMA_LOC_TOPLEFT } as const

/** An encoder of I420 pictures of one size. */
export class Encoder {
  readonly #packet = new Packet()
  readonly #frameTicks: bigint
  readonly context: CodecContext
  readonly #pixelFormat: Container['pixelFormat']

  /** @param options with the size as stored */
  static async open(container: Container, options: ResolvedWriterOptions): Promise<Encoder> {
    const codec = Codec.findEncoderByName(container.encoder)
    if (!codec) throw new UnmaskError('video-write', `this FFmpeg has no encoder ${container.encoder}`)
    const context = new CodecContext()
    context.allocContext3(codec)
    const encoder = new Encoder(context, container, options)
    try {
      using settings = Dictionary.fromObject(container.encoderOptions(options))
      await checked(context.open2(codec, settings), 'open the encoder')
    } catch (error) {
      encoder.close()
      throw error
    }
    return encoder
  }

  private constructor(context: CodecContext, container: Container, options: ResolvedWriterOptions) {
    const { width, height, frameRate, colour, threads } = options
    context.width = width
    context.height = height
    context.pixelFormat = container.pixelFormat
    context.timeBase = new Rational(1, container.ticks)
    context.framerate = new Rational(Math.round(frameRate * 1000), 1000)
    context.colorSpace = matrices[colour.matrix].space
    context.colorPrimaries = matrices[colour.matrix].primaries
    context.colorTrc = matrices[colour.matrix].transfer
    context.colorRange = ranges[colour.range]
    context.chromaLocation = chromas[colour.chroma]
    context.threadCount = threads
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    this.context = context
    this.#pixelFormat = container.pixelFormat
    this.#frameTicks = BigInt(Math.max(Math.round(container.ticks / frameRate), 1))
    this.#packet.alloc()
  }

  /**
   * Takes a picture and gives what has become ready; the packets are valid until the next is asked for.
   * @param planes I420 without padding; undefined: the end, gives all that is left
   * @param time in ticks of the container
   */
  async *encode(planes: Uint8Array<ArrayBuffer> | undefined, time: number): AsyncGenerator<Packet, void, undefined> {
    await checked(this.#send(planes, time), 'encode a frame')
    for (;;) {
      const result = await this.context.receivePacket(this.#packet)
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return
      await checked(result, 'encode a frame')
      try {
        yield this.#packet
      } finally {
        this.#packet.unref()
      }
    }
  }

  async #send(planes: Uint8Array<ArrayBuffer> | undefined, time: number): Promise<number> {
    if (!planes) return this.context.sendFrame(null)
    const { width, height } = this.context
    using frame = Frame.fromVideoBuffer(Buffer.from(planes.buffer, planes.byteOffset, planes.length), {
      width,
      height,
      format: this.#pixelFormat,
      pts: BigInt(time),
      timeBase: this.context.timeBase,
    })
    frame.duration = this.#frameTicks
    return await this.context.sendFrame(frame)
  }

  /** Frees what is native. No call may be under way. */
  close(): void {
    this.#packet.free()
    this.context.freeContext()
  }
}
