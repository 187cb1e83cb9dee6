import type { Random } from '../../tensor/random.ts'
import { conversion } from '../../video/colour.ts'
import { type Frame, planesOf } from '../../video/frame.ts'

/** Width and height of a block in pixels. */
const side = 8

/**
 * Puts grey blocks (128 in RGB) at random places into a frame.
 * @param count for each whole 256 pixels of the shorter side
 */
export function addBlocks(frame: Frame, count: number, random: Random): void {
  const { width, height } = frame
  const { y, u, v, chromaWidth } = planesOf(frame)
  const { black, luma } = conversion(frame.colour)
  const grey = Math.round(black + 128 / luma)
  const blocks = count * Math.max(Math.floor(Math.min(width, height) / 256), 1)
  for (let i = 0; i < blocks; i++) {
    // Even places, so that a block is of whole chroma samples.
    const left = 2 * random.integer(Math.max(Math.floor((width - side) / 2), 1))
    const top = 2 * random.integer(Math.max(Math.floor((height - side) / 2), 1))
    fill(y, width, left, top, side, grey)
    for (const plane of [u, v]) fill(plane, chromaWidth, left / 2, top / 2, side / 2, 128)
  }
}

function fill(plane: Uint8Array, stride: number, left: number, top: number, size: number, value: number): void {
  const width = Math.min(size, stride - left)
  const bottom = Math.min(top + size, plane.length / stride)
  for (let row = top; row < bottom; row++) plane.fill(value, row * stride + left, row * stride + left + width)
}
