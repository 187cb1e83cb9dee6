import type { Image, Region, Size } from '../video/image.ts'
import { black, type Rgb } from './image.ts'
import { drawText, measureText } from './text.ts'

/** Pixels of a picture that a line is thick and a pixel of the font is large, so that both can be seen in it. */
export function unitOf({ width, height }: Size): number {
  return Math.max(Math.round(Math.sqrt(width * height) / 400), 1)
}

/** Writes lines over the upper edge of a box where there is room, else inside of it; all within the picture. */
export function drawLabel(image: Image, box: Region, lines: readonly string[], colour: Rgb): void {
  const unit = unitOf(image)
  const sizes = lines.map((line) => measureText(line, unit))
  const step = sizes[0]!.height + sizes[0]!.below + 2 * unit
  const width = Math.max(...sizes.map((size) => size.width))
  const left = Math.min(Math.max(box.x + 2 * unit, 2 * unit), image.width - width - 2 * unit)
  const above = box.y - lines.length * step + 2 * unit
  const top = above >= 2 * unit ? above : Math.max(box.y, 0) + 4 * unit
  for (const [i, line] of lines.entries()) {
    drawText(image, line, left, top + i * step, { colour: black, scale: unit, background: colour })
  }
}
