import type { Region, Size } from '../video/image.ts'
import { squareAt } from './geometry.ts'

/** Box over the side of the picture: smaller faces are not found for certain in the whole (docs/faces.md). */
export const leastInWhole = 0.04

/**
 * Side of a tile for a picture of that long side: two fifths of it, or so little that faces of 40 pixels are
 * found; but not so little that there is a gap between what is found in a tile and in the whole.
 */
function tileSide(long: number): number {
  return Math.max(Math.min(Math.max(0.4 * long, 480), 768), long / 4)
}

/** Box over tile: what is larger would be found in the whole picture, if it were a face. */
export const largestInTile = 80 / 256

/** How much of a tile its neighbour sees too, at least: a face that a border cuts is whole in the next tile. */
const shared = 1 / 3

/** The whole picture with room around it: a face that fills the picture is too large for the network. */
export function withMargin({ width, height }: Size): Region {
  return squareAt([width / 2, height / 2], 1.6 * Math.max(width, height))
}

/** Overlapping squares that cover the picture, for faces too small in the whole; none for small pictures. */
export function tilesOf({ width, height }: Size): Region[] {
  const long = Math.max(width, height)
  const side = tileSide(long)
  if (long < 1.25 * side) return []
  return starts(height, side).flatMap((y) => starts(width, side).map((x) => ({ x, y, width: side, height: side })))
}

/** Where tiles begin along one side of the picture: evenly, from edge to edge; centred where one is larger. */
function starts(length: number, side: number): number[] {
  if (length <= side) return [(length - side) / 2]
  const count = 1 + Math.ceil((length - side) / (side * (1 - shared)))
  return Array.from({ length: count }, (_, i) => ((length - side) * i) / (count - 1))
}
