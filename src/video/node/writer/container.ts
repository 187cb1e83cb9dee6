import { extname } from 'node:path'
import {
  AV_PIX_FMT_YUV420P,
  type AVPixelFormat,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  type FFVideoEncoder,
} from 'node-av/constants'
import { UnmaskError } from '../../../errors.ts'
import { x264Settings } from '../x264.ts'
import type { ResolvedWriterOptions } from './options.ts'

/** A kind of file that can be written, and what is in it. */
export interface Container {
  readonly format: 'mp4' | 'webm'
  readonly encoder: FFVideoEncoder
  readonly pixelFormat: AVPixelFormat
  /** Ticks a second of its timestamps: mp4 keeps our microseconds, webm has milliseconds. */
  readonly ticks: number
  /** Sizes are multiples of it. */
  readonly step: 1 | 2
  readonly largestCrf: number
  readonly encoderOptions: (options: ResolvedWriterOptions) => Readonly<Record<string, string>>
  readonly muxerOptions: Readonly<Record<string, string>>
}

export const containers: Readonly<Record<'mp4' | 'webm', Container>> = {
  mp4: {
    format: 'mp4',
    encoder: FF_ENCODER_LIBX264,
    pixelFormat: AV_PIX_FMT_YUV420P,
    ticks: 1_000_000,
    step: 2,
    largestCrf: 51,
    encoderOptions: ({ crf = 18, effort }) => ({
      ...x264Settings,
      crf: `${crf}`,
      preset: effort === 'fast' ? 'veryfast' : 'medium',
    }),
    muxerOptions: { video_track_timescale: '1000000' },
  },
  webm: {
    format: 'webm',
    encoder: FF_ENCODER_LIBVPX_VP9,
    pixelFormat: AV_PIX_FMT_YUV420P,
    ticks: 1000,
    step: 1,
    largestCrf: 63,
    encoderOptions: ({ crf = 24, effort }) => ({
      crf: `${crf}`,
      b: '0', // the quality alone decides
      deadline: 'good',
      'cpu-used': effort === 'fast' ? '5' : '2',
      'row-mt': '1',
    }),
    muxerOptions: {},
  },
}

/** The container that a file name asks for. @throws UnmaskError `option-invalid` */
export function containerOf(path: string): Container {
  const extension = extname(path).slice(1).toLowerCase()
  if (extension === 'mp4' || extension === 'webm') return containers[extension]
  throw new UnmaskError(
    'option-invalid',
    `${path}: cannot write ${extension === '' ? 'without .mp4' : `.${extension}`}`,
  )
}
