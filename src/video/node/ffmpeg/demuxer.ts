import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants'
import {
  avGetCodecName,
  Codec,
  Dictionary,
  FormatContext,
  InputFormat,
  IOContext,
  type Packet,
  type Stream,
} from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import { type Container, containerOf, isAllowed } from './containers.ts'
import { forget, reasonOf } from './reasons.ts'

/** A file to open. */
export interface Source {
  /** For messages. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** An opened file, the video stream of which is read. */
export class Demuxer implements AsyncDisposable {
  readonly context: FormatContext
  readonly stream: Stream
  readonly codec: Codec
  readonly codecName: string
  readonly container: Container
  /** Display matrix of the stream. */
  readonly rotated: Uint8Array | null

  private constructor(context: FormatContext, stream: Stream, codec: Codec) {
    this.context = context
    this.stream = stream
    this.codec = codec
    this.codecName = avGetCodecName(stream.codecpar.codecId) ?? 'unknown'
    this.container = containerOf(context.iformat?.name ?? '', context.metadata?.get('major_brand') ?? undefined)
    const rotated = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
    this.rotated = rotated && Uint8Array.from(rotated)
  }

  /** @throws UnmaskError `video-format`, `video-codec`, `video-limit` */
  static async open({ name, path }: Source, pixels: number): Promise<Demuxer> {
    // So that no path is taken for an address, a pattern or options.
    const url = `file:${path}`
    forget()
    const format = await probe(name, url)
    const context = new FormatContext()
    try {
      // Files may name addresses; none is opened, whatever a demuxer may think of it.
      using settings = Dictionary.fromObject({ protocol_whitelist: 'file' })
      const status = await context.openInput(url, format, settings)
      if (status < 0) throw new UnmaskError('video-format', `${name}: no video (${await reasonOf(status)})`)
      const found = await findVideo(context, name, pixels)
      return new Demuxer(context, found.stream, found.codec)
    } catch (error) {
      await context[Symbol.asyncDispose]()
      throw error
    }
  }

  /** The next packet of the video. @returns FFmpeg's status */
  async read(packet: Packet): Promise<number> {
    for (;;) {
      const status = await this.context.readFrame(packet)
      if (status < 0 || packet.streamIndex === this.stream.index) return status
      packet.unref()
    }
  }

  /** Goes to the last key frame at or before a time of the stream, as far as its index knows. @returns FFmpeg's status */
  seek(timestamp: bigint): Promise<number> {
    return this.context.seekFrame(this.stream.index, timestamp, AVSEEK_FLAG_BACKWARD)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context[Symbol.asyncDispose]()
  }
}

/** Tells the format from the content alone: a name can be anything. */
async function probe(name: string, url: string): Promise<InputFormat> {
  await using input = new IOContext()
  const status = await input.open2(url)
  if (status < 0) throw new UnmaskError('file-access', `${name}: ${await reasonOf(status)}`)
  const format = await InputFormat.probeBuffer(input)
  if (!format?.name) throw new UnmaskError('video-format', `${name}: no video (its format is unknown)`)
  if (isAllowed(format.name)) return format
  throw new UnmaskError('video-format', `${name}: no video (${format.longName ?? format.name} is not opened)`)
}

async function findVideo(context: FormatContext, name: string, pixels: number) {
  // Twice, since FFmpeg decodes a little to learn what the header does not say.
  checkSizes(context, name, pixels)
  const status = await context.findStreamInfo()
  if (status < 0) throw new UnmaskError('video-format', `${name}: no video (${await reasonOf(status)})`)
  // It may have complained of sound, which does not matter here.
  if (context.streams.length > 1) forget()
  checkSizes(context, name, pixels)
  const index = context.findBestStream(AVMEDIA_TYPE_VIDEO)
  const stream = context.streams[index]
  // A picture attached to sound is not a video.
  if (!stream || stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC)) {
    const others = new Set(context.streams.map((other) => avGetCodecName(other.codecpar.codecId)))
    throw new UnmaskError(
      'video-format',
      `${name}: there is no video in it, only ${[...others].join(', ') || 'nothing'}`,
    )
  }
  for (const other of context.streams) if (other.index !== index) other.discard = AVDISCARD_ALL
  const { codecId } = stream.codecpar
  const codec = Codec.findDecoder(codecId)
  if (!codec) throw new UnmaskError('video-codec', `${name}: no decoder for ${avGetCodecName(codecId)}`)
  return { stream, codec }
}

function checkSizes({ streams }: FormatContext, name: string, pixels: number): void {
  for (const { codecpar } of streams) {
    const { width, height } = codecpar
    if (width * height <= pixels) continue
    throw new UnmaskError('video-limit', `${name}: frames of ${width} x ${height} are over limits.pixels (${pixels})`)
  }
}
