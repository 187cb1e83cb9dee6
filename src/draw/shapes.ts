import type { Image, Region } from '../video/image.ts'
import { mix, type Rgb } from './image.ts'

/** x and y in pixels; (0, 0) is the upper left corner of the picture, (0.5, 0.5) the middle of its first pixel. */
export type Position = readonly [x: number, y: number]

/**
 * Fills a rectangle; its edges are rounded to whole pixels.
 * @param opacity 0 (nothing) to 1 (the colour alone)
 */
export function fillRectangle(image: Image, { x, y, width, height }: Region, colour: Rgb, opacity = 1): void {
  const left = Math.max(Math.round(x), 0)
  const right = Math.min(Math.round(x + width), image.width)
  const bottom = Math.min(Math.round(y + height), image.height)
  for (let row = Math.max(Math.round(y), 0); row < bottom; row++) {
    for (let column = left; column < right; column++) mix(image, 3 * (row * image.width + column), colour, opacity)
  }
}

/** Draws the edge of a rectangle, inside of it. @param thickness in whole pixels */
export function drawRectangle(image: Image, region: Region, colour: Rgb, thickness = 1): void {
  const x = Math.round(region.x)
  const y = Math.round(region.y)
  const width = Math.round(region.x + region.width) - x
  const height = Math.round(region.y + region.height) - y
  const side = Math.min(thickness, width / 2)
  const bar = Math.min(thickness, height / 2)
  fillRectangle(image, { x, y, width, height: bar }, colour)
  fillRectangle(image, { x, y: y + height - bar, width, height: bar }, colour)
  fillRectangle(image, { x, y, width: side, height }, colour)
  fillRectangle(image, { x: x + width - side, y, width: side, height }, colour)
}

/** Draws a line with round ends and smooth edges. */
export function drawLine(image: Image, from: Position, to: Position, colour: Rgb, thickness = 1): void {
  const radius = thickness / 2
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = dx * dx + dy * dy
  const left = Math.max(Math.floor(Math.min(from[0], to[0]) - radius - 1), 0)
  const right = Math.min(Math.ceil(Math.max(from[0], to[0]) + radius + 1), image.width)
  const top = Math.max(Math.floor(Math.min(from[1], to[1]) - radius - 1), 0)
  const bottom = Math.min(Math.ceil(Math.max(from[1], to[1]) + radius + 1), image.height)
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const [x, y] = [column + 0.5 - from[0], row + 0.5 - from[1]]
      const along = length === 0 ? 0 : Math.min(Math.max((x * dx + y * dy) / length, 0), 1)
      const distance = Math.hypot(x - along * dx, y - along * dy)
      const cover = radius + 0.5 - distance
      if (cover > 0) mix(image, 3 * (row * image.width + column), colour, Math.min(cover, 1))
    }
  }
}

/** Draws a disc with a smooth edge. */
export function drawPoint(image: Image, at: Position, radius: number, colour: Rgb): void {
  drawLine(image, at, at, colour, 2 * radius)
}
