import {
  AV_FRAME_DATA_DISPLAYMATRIX,
  AVCHROMA_LOC_BOTTOMLEFT,
  AVCHROMA_LOC_CENTER,
  AVCHROMA_LOC_LEFT,
  AVCHROMA_LOC_TOPLEFT,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_CL,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_FCC,
  AVCOL_SPC_SMPTE170M,
  type AVPixelFormat,
} from 'node-av/constants'
import { avGetPixFmtName, type Frame as NativeFrame, type Stream } from 'node-av/lib'
import { assumedColour, rgbColour } from '../../colour.ts'
import type { Colour, Picture } from '../../frame.ts'
import { isRgb } from './layout.ts'
import { orientationOf } from './orientation.ts'

const matrices = new Map<number, Colour['matrix']>([
  [AVCOL_SPC_BT709, 'bt709'],
  [AVCOL_SPC_BT470BG, 'bt601'],
  [AVCOL_SPC_SMPTE170M, 'bt601'],
  [AVCOL_SPC_FCC, 'bt601'],
  [AVCOL_SPC_BT2020_NCL, 'bt2020'],
  [AVCOL_SPC_BT2020_CL, 'bt2020'],
])

const ranges = new Map<number, Colour['range']>([
  [AVCOL_RANGE_MPEG, 'limited'],
  [AVCOL_RANGE_JPEG, 'full'],
])

const sitings = new Map<number, Colour['chroma']>([
  [AVCHROMA_LOC_LEFT, 'left'],
  [AVCHROMA_LOC_BOTTOMLEFT, 'left'],
  [AVCHROMA_LOC_CENTER, 'centre'],
  [AVCHROMA_LOC_TOPLEFT, 'top-left'],
])

/** What a decoded frame is like, and which parts of its colour it names. */
export interface NativePicture {
  readonly picture: Picture
  readonly pixelFormat: string
  readonly colourTagged: { readonly matrix: boolean; readonly range: boolean }
}

export function pictureOf(frame: NativeFrame, stream: Stream, rotated: Uint8Array | null): NativePicture {
  const { width, height } = frame
  const pixelFormat = avGetPixFmtName(frame.format as AVPixelFormat) ?? 'unknown'
  const orientation = orientationOf(frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX) ?? rotated)
  const shape = { width, height, pixelAspect: pixelAspect(frame, stream), ...orientation }
  if (isRgb(pixelFormat)) {
    return { picture: { ...shape, colour: rgbColour }, pixelFormat, colourTagged: { matrix: true, range: true } }
  }
  const { codecpar } = stream
  const assumed = assumedColour(width, height)
  const matrix = matrices.get(frame.colorSpace) ?? matrices.get(codecpar.colorSpace)
  const range = ranges.get(frame.colorRange) ?? ranges.get(codecpar.colorRange) ?? rangeOfFormat(pixelFormat)
  const chroma = sitings.get(frame.chromaLocation) ?? assumed.chroma
  const colour = { matrix: matrix ?? assumed.matrix, range: range ?? assumed.range, chroma }
  const colourTagged = { matrix: matrix !== undefined, range: range !== undefined }
  return { picture: { ...shape, colour }, pixelFormat, colourTagged }
}

/** JPEG's own formats are of full range, and so is grey, as in FFmpeg. */
function rangeOfFormat(pixelFormat: string): Colour['range'] | undefined {
  return /^(yuvj|gray|ya)/.test(pixelFormat) ? 'full' : undefined
}

/** The container's word goes first, as for FFmpeg. Beyond any lens ever made it is not believed. */
function pixelAspect(frame: NativeFrame, stream: Stream): number {
  for (const { num, den } of [stream.sampleAspectRatio, frame.sampleAspectRatio]) {
    if (num > 0 && den > 0 && num / den >= 1 / 8 && num / den <= 8) return num / den
  }
  return 1
}
