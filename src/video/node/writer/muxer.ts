import {
  AV_PKT_DATA_DISPLAYMATRIX,
  AVERROR_EIO,
  AVFMT_FLAG_BITEXACT,
  AVFMT_FLAG_CUSTOM_IO,
  AVSEEK_CUR,
  AVSEEK_END,
  AVSEEK_SET,
  AVSEEK_SIZE,
  type AVSeekWhence,
} from 'node-av/constants'
import {
  type CodecContext,
  Dictionary,
  FormatContext,
  IOContext,
  type Packet,
  Rational,
  type Stream,
} from 'node-av/lib'
import type { Container } from './container.ts'
import { checked } from './native.ts'
import type { Sink } from './sink.ts'

const bufferSize = 256 * 1024 // bytes

/** Puts encoded pictures into a container and its bytes into a sink. */
export class Muxer {
  readonly #format = new FormatContext()
  readonly #io = new IOContext()
  #stream: Stream | undefined
  #failure: unknown

  /** @param rotation clockwise, in degrees */
  static async open(sink: Sink, container: Container, encoder: CodecContext, rotation: number): Promise<Muxer> {
    const muxer = new Muxer()
    try {
      await muxer.#begin(sink, container, encoder, rotation)
    } catch (error) {
      muxer.close()
      throw error
    }
    return muxer
  }

  async #begin(sink: Sink, container: Container, encoder: CodecContext, rotation: number): Promise<void> {
    await checked(this.#format.allocOutputContext2(null, container.format, null), 'open the container')
    this.#attach(sink)
    const stream = this.#format.newStream()
    stream.timeBase = new Rational(1, container.ticks)
    stream.avgFrameRate = encoder.framerate
    await checked(stream.codecpar.fromContext(encoder), 'describe the stream')
    if (rotation !== 0) {
      await checked(
        stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix(rotation)),
        'describe the turn',
      )
    }
    this.#stream = stream
    using options = Dictionary.fromObject(container.muxerOptions)
    await this.#run(() => this.#format.writeHeader(options), 'write the header')
  }

  #attach(sink: Sink): void {
    let position = 0
    let size = 0
    const write = async (bytes: Buffer) => {
      try {
        await sink.write(bytes, position)
      } catch (error) {
        this.#failure ??= error
        return AVERROR_EIO
      }
      position += bytes.length
      size = Math.max(size, position)
      return bytes.length
    }
    const seek = (offset: bigint, whence: AVSeekWhence) => {
      if (whence === AVSEEK_SIZE) return BigInt(size)
      const starts = new Map([
        [AVSEEK_SET, 0],
        [AVSEEK_CUR, position],
        [AVSEEK_END, size],
      ])
      position = (starts.get(whence) ?? 0) + Number(offset)
      return BigInt(position)
    }
    this.#io.allocContextWithCallbacks(bufferSize, 1, null, write, seek)
    this.#format.pb = this.#io
    // Bit-exact: no random identifiers in the file, no version of FFmpeg.
    this.#format.setFlags(AVFMT_FLAG_CUSTOM_IO, AVFMT_FLAG_BITEXACT)
  }

  /** Writes an encoded picture; its times are in the time base of the encoder. */
  async write(packet: Packet, timeBase: Rational): Promise<void> {
    packet.streamIndex = 0
    packet.rescaleTs(timeBase, this.#stream!.timeBase)
    await this.#run(() => this.#format.interleavedWriteFrame(packet), 'write a frame')
  }

  async finish(): Promise<void> {
    await this.#run(() => this.#format.writeTrailer(), 'write the end')
  }

  /** Frees what is native. No call may be under way. */
  close(): void {
    this.#format.pb = null
    this.#format.freeContext()
    this.#io.freeContext()
  }

  /** What the sink threw says more than the number that FFmpeg made of it. */
  async #run(call: () => Promise<number>, doing: string): Promise<void> {
    const result = await call()
    if (this.#failure !== undefined) throw this.#failure
    await checked(result, doing)
  }
}

/** The transformation matrix of ISO/IEC 14496-12 section 8.3.2 in FFmpeg's form: nine 32-bit numbers, 16.16 and 2.30. */
function displayMatrix(rotation: number): Buffer {
  const turn = (rotation * Math.PI) / 180
  const [cosine, sine] = [Math.round(Math.cos(turn)), Math.round(Math.sin(turn))]
  const one = 2 ** 16
  const numbers = [cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, 2 ** 30]
  return Buffer.from(Int32Array.from(numbers).buffer)
}
