import { UnmaskError } from '../../errors.ts'
import { rgbColour } from '../colour.ts'
import type { Orientation, Picture } from '../frame.ts'
import type { Decoded, Reader } from '../reading/reader.ts'
import { Tally } from '../reading/tally.ts'
import type { VideoInfo } from '../video.ts'
import { asVideoError, messageOf } from './errors.ts'
import { pixelFormatName } from './names.ts'
import type { Input } from './open-reader.ts'
import { checkSize, sizeOf } from './picture.ts'
import type { PictureFile } from './picture-file.ts'
import { copyFrame } from './pixels.ts'

/** Reads a picture, or the frames of one that moves, through WebCodecs. */
export class PictureReader implements Reader {
  readonly info: VideoInfo
  readonly tally = new Tally()
  readonly #decoder: ImageDecoder
  readonly #file: PictureFile
  readonly #limits: Input
  /** Decoded and not given yet. */
  #pending: Decoded | undefined
  #last: Decoded | undefined
  /** Frames that may still be copied: the one given last and the one before. */
  readonly #open: VideoFrame[] = []
  #index = 0

  private constructor(decoder: ImageDecoder, file: PictureFile, input: Input, first: VideoFrame) {
    this.#decoder = decoder
    this.#file = file
    this.#limits = input
    this.info = infoOf(first, decoder.tracks.selectedTrack!, file, input)
    this.#pending = this.#take(first)
  }

  /** @throws UnmaskError `video-codec`, `video-limit`, `video-damaged` (no frame in it) */
  static async open(input: Input, file: PictureFile): Promise<PictureReader> {
    const { type } = file
    if (typeof ImageDecoder === 'undefined' || !(await ImageDecoder.isTypeSupported(type))) {
      throw new UnmaskError('video-codec', `${input.name}: this browser does not give the pixels of ${type}`)
    }
    const data = await input.blob.arrayBuffer()
    const decoder = new ImageDecoder({ data, type, colorSpaceConversion: 'none', preferAnimation: true })
    try {
      await decoder.tracks.ready
      const { image } = await decoder.decode()
      return new PictureReader(decoder, file, input, image)
    } catch (error) {
      decoder.close()
      throw asVideoError(error, 'video-damaged', `${input.name}: not one frame can be decoded`)
    }
  }

  async seek(seconds: number): Promise<boolean> {
    if (this.#last && this.#last.seconds <= seconds) return false
    this.#pending = undefined
    this.#last = undefined
    this.#index = 0
    return true
  }

  async next(): Promise<Decoded | undefined> {
    const given = this.#pending ?? (await this.#decode())
    this.#pending = undefined
    return given
  }

  async #decode(): Promise<Decoded | undefined> {
    if (this.#index === this.info.framesClaimed!.count) return undefined
    try {
      const { image } = await this.#decoder.decode({ frameIndex: this.#index })
      return this.#take(image)
    } catch (error) {
      this.tally.warn('data-damaged', `frame ${this.#index} cannot be decoded: ${messageOf(error)}`)
      return undefined
    }
  }

  #take(frame: VideoFrame): Decoded {
    this.#open.push(frame)
    if (this.#open.length > 2) this.#open.shift()!.close()
    const picture = pictureOf(frame, this.#file)
    checkSize(picture, this.#limits.pixels)
    const seconds = frame.timestamp / 1e6
    const index = this.#index++
    this.tally.framesDecoded++
    const shown = frame.duration ? frame.duration / 1e6 : 1 / this.#limits.stillsRate
    const endSeconds = Math.round((seconds + shown) * 1e6) / 1e6
    this.#last = { seconds, endSeconds, copy: () => copyFrame(frame, { picture, rgb: false }, seconds, index) }
    return this.#last
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const frame of this.#open.splice(0)) frame.close()
    this.#decoder.close()
  }
}

function infoOf(
  first: VideoFrame,
  { frameCount, animated }: ImageTrack,
  file: PictureFile,
  { stillsRate, blob }: Input,
): VideoInfo {
  const picture = pictureOf(first, file)
  const { codec, container } = animated ? file.moving : file.still
  const frameRate = animated ? (first.duration ? 1e6 / first.duration : undefined) : stillsRate
  return {
    ...picture,
    container,
    codec,
    pixelFormat: pixelFormatName(first.format ?? '', codec, picture.colour.range, false),
    colourTagged: { matrix: true, range: true },
    frameRate,
    durationSeconds: animated ? undefined : 1 / stillsRate,
    framesClaimed: { count: frameCount, exact: true },
    bytes: blob.size,
  }
}

/** The kind of file says what its colours are; profiles in it are for other purposes than ours. */
function pictureOf(frame: VideoFrame, { colour }: PictureFile): Picture {
  const { rotation = 0, flip = false } = frame as VideoFrame & Partial<Orientation>
  const rgb = /RGB|BGR/.test(frame.format ?? '')
  return { ...sizeOf(frame), pixelAspect: 1, rotation, flip, colour: rgb ? rgbColour : colour }
}
