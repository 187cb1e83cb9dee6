import type { BitReader } from './bits.ts'
import { type SequenceHeader, specified } from './header.ts'

/** Width over height of a pixel by aspect_ratio_idc (H.264 table E-1, H.265 table E.1). */
// biome-ignore format: read in rows
const pixelAspects = [
  undefined, 1, 12 / 11, 10 / 11, 16 / 11, 40 / 33, 24 / 11, 20 / 11, 32 / 11,
  80 / 33, 18 / 11, 15 / 11, 64 / 33, 160 / 99, 4 / 3, 3 / 2, 2,
]

/** By chroma_sample_loc_type_top_field: in the rows of `top-left` are also top and bottom-left, which nobody writes. */
const chromaPlaces = ['left', 'centre', 'top-left'] as const

/** The beginning of the video usability information, which H.264 and H.265 share. */
export function readUsability(reader: BitReader): SequenceHeader {
  const pixelAspect = reader.flag() ? readPixelAspect(reader) : undefined
  if (reader.flag()) reader.skip(1) // overscan
  let range: SequenceHeader['range']
  let matrix: number | undefined
  if (reader.flag()) {
    reader.skip(3) // video_format
    range = reader.flag() ? 'full' : 'limited'
    if (reader.flag()) {
      reader.skip(16) // primaries and transfer
      matrix = specified(reader.bits(8))
    }
  }
  const chroma = reader.flag() ? chromaPlaces[reader.unsigned()] : undefined
  return { pixelAspect, range, matrix, chroma }
}

function readPixelAspect(reader: BitReader): number | undefined {
  const known = reader.bits(8)
  if (known !== 255) return pixelAspects[known]
  const [width, height] = [reader.bits(16), reader.bits(16)]
  return width > 0 && height > 0 ? width / height : undefined
}
