import { UnmaskError } from '../errors.ts'
import type { Image } from '../video/image.ts'

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

export const black: Rgb = [0, 0, 0]
export const white: Rgb = [255, 255, 255]

/** A picture of one colour. */
export function blankImage(width: number, height: number, [red, green, blue]: Rgb = black): Image {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new UnmaskError('option-invalid', `a picture cannot be of ${width} x ${height} pixels`)
  }
  const data = new Uint8Array(3 * width * height)
  for (let at = 0; at < data.length; at += 3) {
    data[at] = red
    data[at + 1] = green
    data[at + 2] = blue
  }
  return { width, height, data }
}

export function copyImage({ width, height, data }: Image): Image {
  return { width, height, data: data.slice() }
}

/** Puts one picture into another, its upper left corner at whole pixels; what lies beyond the edges is left out. */
export function paste(onto: Image, image: Image, left: number, top: number): void {
  const from = Math.max(-left, 0)
  const to = Math.min(image.width, onto.width - left)
  if (to <= from) return
  for (let row = Math.max(-top, 0); row < Math.min(image.height, onto.height - top); row++) {
    const source = 3 * (row * image.width + from)
    const target = 3 * ((top + row) * onto.width + left + from)
    onto.data.set(image.data.subarray(source, source + 3 * (to - from)), target)
  }
}

/** Mixes a colour into the pixel at an offset of the data. @param opacity 0 (nothing) to 1 (the colour alone) */
export function mix({ data }: Image, at: number, colour: Rgb, opacity: number): void {
  for (let i = 0; i < 3; i++) {
    const before = data[at + i]!
    data[at + i] = Math.round(before + opacity * (colour[i]! - before))
  }
}
