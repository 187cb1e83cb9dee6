import { UnmaskError } from '../../errors.ts'
import { assumedColour, rgbColour } from '../colour.ts'
import type { Colour, Picture } from '../frame.ts'
import type { VideoInfo } from '../video.ts'
import type { SequenceHeader } from './headers/index.ts'
import type { Track } from './track.ts'

/** By the numbers of ITU-T H.273. */
const matrices = new Map<number, Colour['matrix']>([
  [1, 'bt709'],
  [4, 'bt601'],
  [5, 'bt601'],
  [6, 'bt601'],
  [9, 'bt2020'],
  [10, 'bt2020'],
])

/** By the names of WebCodecs, of those that are in the container. */
const namedMatrices: Readonly<Record<string, Colour['matrix']>> = {
  bt709: 'bt709',
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  'bt2020-ncl': 'bt2020',
}

const redGreenBlue = 0

/** What a decoded frame is like, and which parts of its colour the file names. */
export interface FramePicture {
  readonly picture: Picture
  readonly colourTagged: VideoInfo['colourTagged']
  /** Whether its planes, whatever the decoder calls them, are of green, blue and red. */
  readonly rgb: boolean
}

/**
 * The colour that the browser gives with the frame is not used: it is guessed where the file does not say. The coded
 * sequence goes first, then the container, as in FFmpeg.
 */
export function pictureOf(frame: VideoFrame, track: Track, header: SequenceHeader): FramePicture {
  const { width, height } = sizeOf(frame)
  const shape = { width, height, pixelAspect: track.pixelAspect(header), ...track.orientation }
  const rgb = header.matrix === redGreenBlue
  if (rgb || /RGB|BGR/.test(frame.format ?? '')) {
    return { picture: { ...shape, colour: rgbColour }, colourTagged: { matrix: true, range: true }, rgb }
  }
  const { matrix: named, fullRange } = track.config.colorSpace ?? {}
  const assumed = assumedColour(width, height)
  const matrix = matrices.get(header.matrix ?? 2) ?? namedMatrices[named ?? '']
  // That the container's range is not full mediabunny also says where it is not known.
  const range = header.range ?? (fullRange ? 'full' : undefined)
  const colour = {
    matrix: matrix ?? assumed.matrix,
    range: range ?? assumed.range,
    chroma: header.chroma ?? assumed.chroma,
  }
  return {
    picture: { ...shape, colour },
    colourTagged: { matrix: matrix !== undefined, range: range !== undefined },
    rgb,
  }
}

/** @throws UnmaskError `video-limit` */
export function checkSize({ width, height }: Pick<Picture, 'width' | 'height'>, pixels: number): void {
  if (width * height <= pixels) return
  throw new UnmaskError('video-limit', `a frame of ${width} x ${height} is over limits.pixels (${pixels})`)
}

/** The stored picture without the padding of the decoder. */
export function sizeOf(frame: VideoFrame): { readonly width: number; readonly height: number } {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
  return { width, height }
}
