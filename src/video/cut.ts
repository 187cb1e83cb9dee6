import { displaySize, type Frame, frameBytes, type Picture, planesOf } from './frame.ts'
import type { Region } from './image.ts'
import { spansOf } from './sample/span.ts'

/** A part of a frame, kept instead of the whole to save memory. */
export interface Cut {
  /** The part, a frame of its own. */
  readonly frame: Frame
  /** Where its top left corner, as shown, lies in the whole; display pixels. */
  readonly x: number
  readonly y: number
}

/**
 * Copies the part of a frame that crops within a region are made from, with room for the filter. Such crops are the same
 * as those of the whole frame (but for rounding where pixels are not square).
 * @param region in display pixels; what lies beyond the picture is left out
 */
export function cut(frame: Frame, region: Region): Cut {
  const { across, down } = spansOf(frame, region, { width: 1, height: 1 })
  const [left, right] = around(across.start, across.start + across.length, frame.width)
  const [top, bottom] = around(down.start, down.start + down.length, frame.height)
  const part = { ...frame, width: right - left, height: bottom - top, data: copy(frame, left, right, top, bottom) }
  return { frame: part, ...corner(frame, part, left, top) }
}

/** The same region, in display pixels of the part. */
export function withinCut({ x, y }: Cut, region: Region): Region {
  return { ...region, x: region.x - x, y: region.y - y }
}

/** Room for the filter: it reaches as far as one sample of the result, and crops are at least this fine. */
const shrinkage = 1 / 16

/**
 * A stretch with room around it, within the picture and not empty, of whole chroma samples. Where crops may be so small
 * that planes are halved first, it is of whole halved samples: those of the part are then those of the picture.
 */
function around(from: number, to: number, extent: number): [number, number] {
  const scale = (to - from) * shrinkage
  let grid = 2
  while (grid * 4 <= scale) grid *= 2
  const room = 2 + scale + grid
  const last = extent - 1
  const begin = grid * Math.floor(Math.min(Math.max(from - room, 0), last) / grid)
  const end = grid * Math.ceil(Math.min(Math.max(to + room, begin + 1), extent) / grid)
  return [begin, Math.min(end, extent)]
}

function copy(frame: Frame, left: number, right: number, top: number, bottom: number): Uint8Array<ArrayBuffer> {
  const { y, u, v, chromaWidth } = planesOf(frame)
  const data = new Uint8Array(frameBytes(right - left, bottom - top))
  let at = 0
  const take = (plane: Uint8Array, stride: number, step: 1 | 2) => {
    const width = Math.ceil(right / step) - left / step
    for (let row = top / step; row < Math.ceil(bottom / step); row++, at += width) {
      const begin = row * stride + left / step
      data.set(plane.subarray(begin, begin + width), at)
    }
  }
  take(y, frame.width, 1)
  take(u, chromaWidth, 2)
  take(v, chromaWidth, 2)
  return data
}

/** Where the corner of a part that is at (left, top) of the stored picture is shown. */
function corner(whole: Picture, part: Picture, left: number, top: number): { x: number; y: number } {
  const widening = displaySize({ ...whole, rotation: 0 }).width / whole.width
  const x = left * widening
  const fromRight = (whole.width - left - part.width) * widening
  const fromBottom = whole.height - top - part.height
  const turned = {
    0: { x, y: top, right: fromRight },
    90: { x: fromBottom, y: x, right: top },
    180: { x: fromRight, y: fromBottom, right: x },
    270: { x: top, y: fromRight, right: fromBottom },
  }[whole.rotation]
  return { x: whole.flip ? turned.right : turned.x, y: turned.y }
}
