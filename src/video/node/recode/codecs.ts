import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_MJPEG,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  type AVCodecID,
  type AVPixelFormat,
  FF_ENCODER_LIBX264,
  FF_ENCODER_MJPEG,
  type FFVideoEncoder,
} from 'node-av/constants'
import type { ResolvedRecodeOptions } from '../recode.ts'
import { jpegQuantiser } from '../writer/image.ts'
import { x264Settings } from '../x264.ts'

/** What pictures are encoded with and decoded again. */
export interface Codecs {
  readonly encoder: FFVideoEncoder
  readonly decoder: AVCodecID
  readonly pixelFormat: AVPixelFormat
  readonly frameRate: number
  /** The encoder's. */
  readonly settings: Readonly<Record<string, string>>
  /** Of JPEG: the scale of its quantisers, 1 to 31. */
  readonly quantiser: number | undefined
}

const presets = { fastest: 'ultrafast', fast: 'veryfast', medium: 'medium' } as const

export function codecs(options: ResolvedRecodeOptions): Codecs {
  if (options.codec === 'jpeg') {
    const quantiser = jpegQuantiser(options.quality)
    return {
      encoder: FF_ENCODER_MJPEG,
      decoder: AV_CODEC_ID_MJPEG,
      pixelFormat: AV_PIX_FMT_YUVJ420P,
      frameRate: 25,
      settings: {},
      quantiser,
    }
  }
  return {
    encoder: FF_ENCODER_LIBX264,
    decoder: AV_CODEC_ID_H264,
    pixelFormat: AV_PIX_FMT_YUV420P,
    frameRate: options.frameRate,
    settings: { ...x264Settings, crf: `${options.crf}`, preset: presets[options.effort] },
    quantiser: undefined,
  }
}
