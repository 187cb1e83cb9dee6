import { BlobSource, EncodedPacketSink, Input, type InputVideoTrack, type VideoCodec } from 'mediabunny'
import { UnmaskError } from '../../errors.ts'
import type { Orientation } from '../frame.ts'
import { headerReader, type SequenceHeader } from './headers/index.ts'
import { codecName, containerName, formats } from './names.ts'
import { pixelAspectOf } from './pixel-aspect.ts'
import type { Bytes } from './source.ts'

/** The video of an opened file. */
export interface Track {
  /** For messages. */
  readonly name: string
  readonly input: Input
  readonly track: InputVideoTrack
  readonly packets: EncodedPacketSink
  readonly config: VideoDecoderConfig
  /** As of `VideoInfo`. */
  readonly container: string
  readonly codec: string
  readonly orientation: Orientation
  /** Units of time in a second. */
  readonly resolution: number
  readonly bytes: number
  /** A fresh reader of the headers in its packets; see `headerReader`. */
  readHeaders(): (packet: Uint8Array) => SequenceHeader
  pixelAspect(header: SequenceHeader): number
}

/** @throws UnmaskError `video-format`, `video-codec`, `video-limit`; errors of mediabunny */
export async function openTrack({ name, blob, pixels }: Bytes & { readonly pixels: number }): Promise<Track> {
  // What goes wrong while nobody reads is met again by who reads next.
  const source = new BlobSource(blob, { handleUnhandledError: () => {} })
  const input = new Input({ source, formats })
  try {
    const container = containerName(await input.getFormat())
    const track = await input.getPrimaryVideoTrack()
    if (!track) throw new UnmaskError('video-format', `${name}: there is no video in this ${container} file`)
    const codec = await track.getCodec()
    if (!codec) {
      const id = await track.getInternalCodecId()
      throw new UnmaskError(
        'video-codec',
        `${name}: browsers have no decoder for the codec of this video (${id instanceof Uint8Array ? 'unknown' : (id ?? 'unknown')})`,
      )
    }
    const [width, height] = [await track.getCodedWidth(), await track.getCodedHeight()]
    if (width * height > pixels) {
      throw new UnmaskError('video-limit', `${name}: frames of ${width} x ${height} are over limits.pixels (${pixels})`)
    }
    const config = await decoderConfig(track, codec)
    const description = bytesOfBuffer(config.description)
    const squares = {
      width,
      height,
      squareWidth: await track.getSquarePixelWidth(),
      squareHeight: await track.getSquarePixelHeight(),
    }
    return {
      name,
      input,
      track,
      packets: new EncodedPacketSink(track),
      config,
      container,
      codec: codecName(codec),
      orientation: { rotation: await track.getRotation(), flip: await track.getFlip() },
      resolution: await track.getTimeResolution(),
      bytes: blob.size,
      readHeaders: () => headerReader(codec, description),
      pixelAspect: (header) => pixelAspectOf(container, squares, header.pixelAspect),
    }
  } catch (error) {
    input.dispose()
    throw error
  }
}

/** Software decoders first: they are the same everywhere, and what they give need not be fetched from a graphics card. */
async function decoderConfig(track: InputVideoTrack, codec: VideoCodec): Promise<VideoDecoderConfig> {
  if (typeof VideoDecoder === 'undefined') {
    const why = globalThis.isSecureContext ? 'this browser has no WebCodecs' : 'WebCodecs needs https:// or localhost'
    throw new UnmaskError('video-codec', `no video can be decoded here: ${why}`)
  }
  const config = await track.getDecoderConfig()
  for (const hardwareAcceleration of ['prefer-software', 'no-preference'] as const) {
    const preferring = { ...config!, hardwareAcceleration }
    if ((await VideoDecoder.isConfigSupported(preferring)).supported) return preferring
  }
  throw new UnmaskError('video-codec', `this browser has no decoder for ${codecName(codec)} (${config!.codec})`)
}

function bytesOfBuffer(buffer: AllowSharedBufferSource | undefined): Uint8Array | undefined {
  if (buffer === undefined) return undefined
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer)
}
