import {
  BlobSource,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  type VideoCodec,
} from 'mediabunny'
import { UnmaskError } from '../../errors.ts'
import type { Orientation } from '../frame.ts'
import { readEdit } from './edit-list.ts'
import { headerReader, type SequenceHeader } from './headers/index.ts'
import { fromDelimiter, h264LengthBytes } from './headers/units.ts'
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
  /** What an edit list shows of it; seconds. */
  readonly shown: { readonly from: number; readonly to: number }
  /** A fresh reader of the headers in its packets; see `headerReader`. */
  readHeaders(): (packet: Uint8Array) => SequenceHeader
  pixelAspect(header: SequenceHeader): number
  /** Data of a packet as decoders take it. */
  prepare(packet: EncodedPacket): Uint8Array
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
    const shown = /^(mp4|mov)$/.test(container) ? await shownPart(blob, track, name) : everything
    const config = await decoderConfig(track, codec)
    const description = bytesOfBuffer(config.description)
    const lengthBytes = h264LengthBytes(description)
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
      shown,
      readHeaders: () => headerReader(codec, description),
      prepare: ({ type, data }) => (codec === 'avc' && type === 'key' ? fromDelimiter(data, lengthBytes) : data),
      pixelAspect: (header) => pixelAspectOf(container, squares, header.pixelAspect),
    }
  } catch (error) {
    input.dispose()
    throw error
  }
}

const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** @throws UnmaskError `video-codec` for edits that are more than a cut at both ends, which FFmpeg does */
async function shownPart(blob: Blob, track: InputVideoTrack, name: string): Promise<Track['shown']> {
  const edit = await readEdit(blob, track.id)
  if (!edit) return everything
  if (!edit.whole)
    throw new UnmaskError('video-codec', `${name}: its edit list has several parts, or changes the speed`)
  const resolution = await track.getTimeResolution()
  const [delay, duration] = [edit.delay, edit.duration ?? Number.POSITIVE_INFINITY].map((seconds) => {
    return Math.round(seconds * resolution) / resolution
  }) as [number, number]
  return { from: delay, to: delay + duration }
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
