import { conversion } from '../../video/colour.ts'
import { type Frame, planesOf } from '../../video/frame.ts'

/** Scales the colour of a frame: chroma by its distance from grey. */
export function scaleSaturation(frame: Frame, factor: number): void {
  const { u, v } = planesOf(frame)
  scale(u, 128, factor)
  scale(v, 128, factor)
}

/** Multiplies red, green and blue: luma by its distance from black, chroma by that from grey. */
export function scaleContrast(frame: Frame, factor: number): void {
  scale(planesOf(frame).y, conversion(frame.colour).black, factor)
  scaleSaturation(frame, factor)
}

function scale(plane: Uint8Array, about: number, factor: number): void {
  const levels = Uint8ClampedArray.from({ length: 256 }, (_, value) => about + factor * (value - about))
  for (let i = 0; i < plane.length; i++) plane[i] = levels[plane[i]!]!
}
