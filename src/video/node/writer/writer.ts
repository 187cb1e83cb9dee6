import { UnmaskError } from '../../../errors.ts'
import { checkOptions } from '../../../options.ts'
import { type Frame, frameBytes } from '../../frame.ts'
import type { Image } from '../../image.ts'
import { planesOfImage } from '../../planes-of-image.ts'
import { type Container, containerOf, containers } from './container.ts'
import { Encoder } from './encoder.ts'
import { Muxer } from './muxer.ts'
import { type ResolvedWriterOptions, type WriterOptions, writerOptions } from './options.ts'
import { fileSink, MemorySink, type Sink } from './sink.ts'

/** Writes one video, picture after picture. One call at a time. */
export interface VideoWriter extends AsyncDisposable {
  /** Size as stored: H.264 takes even sizes, so that an odd one grows by a repeated column or row. */
  readonly width: number
  readonly height: number
  /**
   * Adds a picture.
   * @param picture an image, or a frame of the writer's colour, whose planes are taken as they are; it is read before
   *   this returns its promise, and may then be drawn into again
   * @param seconds when it is shown; later than the one before. webm keeps whole milliseconds
   * @throws UnmaskError `option-invalid` (size, colour, order), `video-write`, `file-access`, `disposed`
   */
  write(picture: Image | Frame, seconds: number): Promise<void>
  /** Ends the video; only now is there a file. @throws UnmaskError `video-write` (no frames), `file-access` */
  finish(): Promise<{ readonly frames: number; readonly bytes: number }>
}

/**
 * Begins a video file: H.264 in `.mp4` or VP9 in `.webm`. It is written under another name and appears under its own,
 * replacing what was there, when it is finished; disposed of before that, nothing stays.
 * @throws UnmaskError `option-invalid`, `video-write`, `file-access`
 */
export async function openVideoWriter(path: string, options: WriterOptions): Promise<VideoWriter> {
  const container = containerOf(path)
  const resolved = check(container, options, 'openVideoWriter')
  return Writer.open(container, await fileSink(path), resolved)
}

/**
 * Encodes a video in memory: `mp4` with H.264 or `webm` with VP9. On one thread unless asked otherwise: the same bytes
 * on every machine, and many can be made side by side.
 * @throws UnmaskError `option-invalid`, `video-write`
 */
export async function encodeVideo(
  format: Container['format'],
  pictures: Iterable<Timed> | AsyncIterable<Timed>,
  options: WriterOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const sink = new MemorySink()
  const resolved = check(containers[format], { threads: 1, ...options }, 'encodeVideo')
  await using writer = await Writer.open(containers[format], sink, resolved)
  for await (const { picture, seconds } of pictures) await writer.write(picture, seconds)
  await writer.finish()
  return sink.bytes.slice()
}

/** A picture and when it is shown. */
export interface Timed {
  readonly picture: Image | Frame
  readonly seconds: number
}

function check({ format, largestCrf }: Container, options: WriterOptions, what: string): ResolvedWriterOptions {
  const resolved = checkOptions(writerOptions, options, what)
  const { crf, rotation } = resolved
  if (crf !== undefined && crf > largestCrf) {
    throw new UnmaskError('option-invalid', `${what}: crf: at most ${largestCrf} for ${format}`)
  }
  if (rotation !== 0 && format !== 'mp4') throw new UnmaskError('option-invalid', `${what}: rotation: only in mp4`)
  return resolved
}

class Writer implements VideoWriter {
  readonly width: number
  readonly height: number
  readonly #options: ResolvedWriterOptions
  readonly #container: Container
  readonly #sink: Sink
  readonly #encoder: Encoder
  readonly #muxer: Muxer
  #frames = 0
  #lastTime = -1
  #ended = false

  static async open(container: Container, sink: Sink, options: ResolvedWriterOptions): Promise<Writer> {
    const { step } = container
    const stored = (size: number) => Math.ceil(size / step) * step
    let encoder: Encoder | undefined
    try {
      encoder = await Encoder.open(container, {
        ...options,
        width: stored(options.width),
        height: stored(options.height),
      })
      const muxer = await Muxer.open(sink, container, encoder.context, options.rotation)
      return new Writer(container, sink, options, encoder, muxer)
    } catch (error) {
      encoder?.close()
      await sink.discard()
      throw error
    }
  }

  private constructor(
    container: Container,
    sink: Sink,
    options: ResolvedWriterOptions,
    encoder: Encoder,
    muxer: Muxer,
  ) {
    this.#container = container
    this.#sink = sink
    this.#options = options
    this.#encoder = encoder
    this.#muxer = muxer
    this.width = encoder.context.width
    this.height = encoder.context.height
  }

  async write(picture: Image | Frame, seconds: number): Promise<void> {
    this.#assertOpen()
    const planes = this.#planes(picture)
    const time = Math.round(seconds * this.#container.ticks)
    if (!(time > this.#lastTime)) {
      throw new UnmaskError('option-invalid', `a frame at ${seconds} s does not come after the one before`)
    }
    this.#lastTime = time
    this.#frames++
    await this.#encode(planes, time)
  }

  async finish(): Promise<{ frames: number; bytes: number }> {
    this.#assertOpen()
    if (this.#frames === 0) throw new UnmaskError('video-write', 'a video needs at least one frame')
    await this.#encode(undefined, 0)
    await this.#muxer.finish()
    this.#end()
    return { frames: this.#frames, bytes: await this.#sink.finish() }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return
    this.#end()
    await this.#sink.discard()
  }

  async #encode(planes: Uint8Array<ArrayBuffer> | undefined, time: number): Promise<void> {
    for await (const packet of this.#encoder.encode(planes, time)) {
      await this.#muxer.write(packet, this.#encoder.context.timeBase)
    }
  }

  #planes(picture: Image | Frame): Uint8Array<ArrayBuffer> {
    const { width, height, colour } = this.#options
    if (picture.width !== width || picture.height !== height) {
      const sizes = `${picture.width} x ${picture.height}, not ${width} x ${height}`
      throw new UnmaskError('option-invalid', `a frame is ${sizes}`)
    }
    const bytes = 'colour' in picture ? frameBytes(width, height) : 3 * width * height
    if (picture.data.length !== bytes) {
      throw new UnmaskError('option-invalid', `a frame has ${picture.data.length} bytes, not ${bytes}`)
    }
    const planes = 'colour' in picture ? picture.data : planesOfImage(picture, colour)
    if ('colour' in picture && !sameColour(picture.colour, colour)) {
      throw new UnmaskError('option-invalid', `a frame has ${words(picture.colour)}, not ${words(colour)}`)
    }
    return widen(planes, width, height, this.width, this.height)
  }

  #assertOpen(): void {
    if (this.#ended) throw new UnmaskError('disposed', 'the video writer has ended')
  }

  #end(): void {
    this.#ended = true
    this.#muxer.close()
    this.#encoder.close()
  }
}

type Colour = ResolvedWriterOptions['colour']
const words = ({ matrix, range, chroma }: Colour) => `colour ${matrix}, ${range} range, chroma ${chroma}`
const sameColour = (one: Colour, other: Colour) => words(one) === words(other)

/** Repeats the last column and row of luma up to the stored size; chroma, of half the size rounded up, is whole already. */
function widen(
  planes: Uint8Array<ArrayBuffer>,
  width: number,
  height: number,
  storedWidth: number,
  storedHeight: number,
): Uint8Array<ArrayBuffer> {
  if (width === storedWidth && height === storedHeight) return planes
  const wide = new Uint8Array(frameBytes(storedWidth, storedHeight))
  for (let row = 0; row < storedHeight; row++) {
    const start = Math.min(row, height - 1) * width
    wide.set(planes.subarray(start, start + width), row * storedWidth)
    wide.fill(planes[start + width - 1]!, row * storedWidth + width, (row + 1) * storedWidth)
  }
  wide.set(planes.subarray(width * height), storedWidth * storedHeight)
  return wide
}
