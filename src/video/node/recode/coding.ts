import { AV_CODEC_FLAG_QSCALE, AVCOL_RANGE_JPEG, AVERROR_EAGAIN, AVERROR_EOF, FF_QP2LAMBDA } from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Frame, Packet, Rational } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import type { Size } from '../../image.ts'
import { listen } from '../ffmpeg/reasons.ts'
import type { Codecs } from './codecs.ts'

// Encoders would print their settings and statistics to stderr.
listen()

/** An encoder and a decoder, packets going from one to the other at once. All calls are synchronous. */
export class Coding implements Disposable {
  readonly #codecs: Codecs
  readonly #size: Size
  readonly #encoder = new CodecContext()
  readonly #decoder = new CodecContext()
  readonly #packet = new Packet()
  readonly #decoded = new Frame()
  #taken = 0

  /** @throws UnmaskError `video-write` */
  constructor(codecs: Codecs, { width, height }: Size) {
    this.#codecs = codecs
    this.#size = { width, height }
    try {
      this.#open()
    } catch (error) {
      this[Symbol.dispose]()
      throw error
    }
  }

  #open(): void {
    const { encoder, decoder, settings, quantiser, frameRate, pixelFormat } = this.#codecs
    const [encodes, decodes] = [Codec.findEncoderByName(encoder), Codec.findDecoder(decoder)]
    if (!encodes || !decodes) throw new UnmaskError('video-write', `this FFmpeg has no ${encoder}`)
    this.#packet.alloc()
    this.#decoded.alloc()
    this.#encoder.allocContext3(encodes)
    this.#encoder.width = this.#size.width
    this.#encoder.height = this.#size.height
    this.#encoder.pixelFormat = pixelFormat
    this.#encoder.timeBase = new Rational(1000, Math.round(frameRate * 1000))
    this.#encoder.framerate = new Rational(Math.round(frameRate * 1000), 1000)
    this.#encoder.threadCount = 1
    if (quantiser !== undefined) {
      this.#encoder.colorRange = AVCOL_RANGE_JPEG
      this.#encoder.qMin = 1
      this.#encoder.setFlags(AV_CODEC_FLAG_QSCALE)
      this.#encoder.globalQuality = quantiser * FF_QP2LAMBDA
    }
    // Not as a dictionary: `open2Sync` leaves it with memory that FFmpeg has freed (node-av 6.1).
    for (const [name, value] of Object.entries(settings)) check(this.#encoder.setOption(name, value), `set ${name}`)
    check(this.#encoder.open2Sync(encodes), `encode pictures of ${this.#size.width} x ${this.#size.height}`)
    this.#decoder.allocContext3(decodes)
    this.#decoder.threadCount = 1
    check(this.#decoder.open2Sync(decodes), 'decode again')
  }

  /** Encodes a picture. @returns the planes of the pictures that have come back meanwhile, in their order */
  take(planes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
    const { timeBase } = this.#encoder
    using frame = Frame.fromVideoBuffer(Buffer.from(planes.buffer, planes.byteOffset, planes.length), {
      ...this.#size,
      format: this.#codecs.pixelFormat,
      pts: BigInt(this.#taken++),
      timeBase,
    })
    if (this.#codecs.quantiser !== undefined) frame.quality = this.#encoder.globalQuality
    check(this.#encoder.sendFrameSync(frame), 'encode a picture')
    return this.#pass()
  }

  /** @returns the planes of all that is left */
  end(): Uint8Array<ArrayBuffer>[] {
    check(this.#encoder.sendFrameSync(null), 'end the encoding')
    const rest = this.#pass()
    check(this.#decoder.sendPacketSync(null), 'end the decoding')
    return [...rest, ...this.#received()]
  }

  #pass(): Uint8Array<ArrayBuffer>[] {
    const decoded: Uint8Array<ArrayBuffer>[] = []
    while (arrived(this.#encoder.receivePacketSync(this.#packet), 'encode a picture')) {
      check(this.#decoder.sendPacketSync(this.#packet), 'decode again')
      this.#packet.unref()
      decoded.push(...this.#received())
    }
    return decoded
  }

  #received(): Uint8Array<ArrayBuffer>[] {
    const decoded: Uint8Array<ArrayBuffer>[] = []
    while (arrived(this.#decoder.receiveFrameSync(this.#decoded), 'decode again')) {
      const packed = this.#decoded.toBuffer() // I420 without padding
      decoded.push(new Uint8Array(packed))
      this.#decoded.unref()
    }
    return decoded
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#decoded.free()
    this.#encoder.freeContext()
    this.#decoder.freeContext()
  }
}

function check(status: number, doing: string): void {
  if (status < 0) throw new UnmaskError('video-write', `${doing}: ${FFmpegError.strerror(status)}`)
}

function arrived(status: number, doing: string): boolean {
  if (status === AVERROR_EAGAIN || status === AVERROR_EOF) return false
  check(status, doing)
  return true
}
