import type { InputFormat, VideoCodec } from 'mediabunny'
import { MATROSKA, MP4, MPEG_TS, QTFF, WEBM } from 'mediabunny'
import type { Colour } from '../frame.ts'

/** Containers that are read here, with the names that FFmpeg has for them. Playlists are not: they name other files. */
const containers = new Map<InputFormat, string>([
  [MP4, 'mp4'],
  [QTFF, 'mov'],
  [MATROSKA, 'matroska'],
  [WEBM, 'matroska'], // a kind of it
  [MPEG_TS, 'mpegts'],
])

export const formats = [...containers.keys()]

export function containerName(format: InputFormat): string {
  return containers.get(format) ?? format.name.toLowerCase()
}

/** FFmpeg's name of a codec. */
export function codecName(codec: VideoCodec): string {
  return codec === 'avc' ? 'h264' : codec
}

/** FFmpeg's name of a pixel format. @param codec FFmpeg's name @param rgb whether the planes are of green, blue and red */
export function pixelFormatName(format: string, codec: string, range: Colour['range'], rgb: boolean): string {
  const [, sampling, alpha, depth] = /^I(\d{3})(A?)(?:P(\d+))?$/.exec(format) ?? []
  if (sampling === undefined) return format.toLowerCase().replace('x', '0')
  const end = depth ? `${depth}le` : ''
  if (rgb) return `gbrp${end}`
  // FFmpeg's decoders of these have formats of their own for full range.
  const full = range === 'full' && !depth && /^(h264|hevc|mjpeg)$/.test(codec)
  return `yuv${alpha ? 'a' : full ? 'j' : ''}${sampling}p${end}`
}
