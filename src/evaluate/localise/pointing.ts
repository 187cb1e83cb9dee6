import type { Size } from '../../video/image.ts'
import type { Cell } from './map.ts'

/** What was forged of a crop: 1 or 0 for each pixel, [height, width]. */
export interface ForgedPixels extends Size {
  readonly forged: Uint8Array
}

/**
 * For each cell of a map whether pointing at it hits: whether something forged lies in it or at most `tolerance` cells
 * away. (Zhang et al. 2018 allow 15 pixels in pictures of some 500.)
 * @returns [height, width] of the map
 */
export function hits(mask: ForgedPixels, map: Size, tolerance: number): Uint8Array {
  const result = new Uint8Array(map.width * map.height)
  for (let row = 0; row < map.height; row++) {
    const [top, bottom] = pixels(row, tolerance, map.height, mask.height)
    for (let column = 0; column < map.width; column++) {
      const [left, right] = pixels(column, tolerance, map.width, mask.width)
      let hit = 0
      for (let y = top; y < bottom && hit === 0; y++) {
        for (let x = left; x < right && hit === 0; x++) hit = mask.forged[y * mask.width + x]!
      }
      result[row * map.width + column] = hit
    }
  }
  return result
}

/** Whether the peak of a map hits; a map without evidence does not. */
export function isHit(peak: Cell | undefined, cells: Uint8Array, width: number): boolean {
  return peak !== undefined && cells[peak.row * width + peak.column] === 1
}

/** The pixels that a cell and its neighbours cover along an axis, those in part too. */
function pixels(cell: number, tolerance: number, cells: number, size: number): [from: number, to: number] {
  const from = Math.floor(((cell - tolerance) * size) / cells)
  const to = Math.ceil(((cell + 1 + tolerance) * size) / cells)
  return [Math.max(from, 0), Math.min(to, size)]
}
