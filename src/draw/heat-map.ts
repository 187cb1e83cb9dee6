import type { Image, Region } from '../video/image.ts'
import { heatColour } from './colour-map.ts'
import { mix } from './image.ts'

/** Values of 0 to 1, [height, width], row after row. */
export interface HeatMap {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/**
 * Lays a heat map, stretched smoothly, over a region of a picture: the hotter, the brighter and the more opaque.
 * @param strength opacity of the value 1
 */
export function blendHeatMap(image: Image, map: HeatMap, region: Region, strength = 0.6): void {
  const left = Math.max(Math.round(region.x), 0)
  const right = Math.min(Math.round(region.x + region.width), image.width)
  const bottom = Math.min(Math.round(region.y + region.height), image.height)
  for (let row = Math.max(Math.round(region.y), 0); row < bottom; row++) {
    const y = ((row + 0.5 - region.y) / region.height) * map.height - 0.5
    for (let column = left; column < right; column++) {
      const x = ((column + 0.5 - region.x) / region.width) * map.width - 0.5
      const value = Math.min(Math.max(valueAt(map, x, y), 0), 1)
      mix(image, 3 * (row * image.width + column), heatColour(value), strength * value)
    }
  }
}

/** Bilinear between the middles of cells, which are at whole numbers; beyond the outer ones as on them. */
function valueAt({ width, height, values }: HeatMap, x: number, y: number): number {
  const [column, across] = split(x, width)
  const [row, down] = split(y, height)
  const right = Math.min(column + 1, width - 1)
  const below = Math.min(row + 1, height - 1)
  const line = (y: number) => (1 - across) * values[y * width + column]! + across * values[y * width + right]!
  return (1 - down) * line(row) + down * line(below)
}

function split(place: number, cells: number): [cell: number, rest: number] {
  const within = Math.min(Math.max(place, 0), cells - 1)
  const cell = Math.floor(within)
  return [cell, within - cell]
}
