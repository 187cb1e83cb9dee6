import type { Rgb } from './image.ts'

/**
 * "Inferno" of matplotlib (Nathaniel Smith and Stéfan van der Walt, CC0) at ten even steps: equal steps look equally
 * large, also to colour-blind eyes and in grey.
 */
const inferno: readonly Rgb[] = [
  [0x00, 0x00, 0x04],
  [0x1b, 0x0c, 0x41],
  [0x4a, 0x0c, 0x6b],
  [0x78, 0x1c, 0x6d],
  [0xa5, 0x2c, 0x60],
  [0xcf, 0x44, 0x46],
  [0xed, 0x69, 0x25],
  [0xfb, 0x9b, 0x06],
  [0xf7, 0xd1, 0x3d],
  [0xfc, 0xff, 0xa4],
]

/** The colour of a value of 0 (dark) to 1 (bright); values beyond are as at the ends, NaN as 0. */
export function heatColour(value: number): Rgb {
  const last = inferno.length - 1
  const place = value > 0 ? Math.min(value, 1) * last : 0
  const step = Math.min(Math.floor(place), last - 1)
  const [from, to] = [inferno[step]!, inferno[step + 1]!]
  const part = (channel: 0 | 1 | 2) => Math.round(from[channel] + (place - step) * (to[channel] - from[channel]))
  return [part(0), part(1), part(2)]
}

/**
 * Colours for things side by side, told apart also by colour-blind eyes: Okabe and Ito, "Color Universal Design" (2008),
 * without black, the brightest first.
 */
const distinct: readonly Rgb[] = [
  [0xf0, 0xe4, 0x42], // yellow
  [0x56, 0xb4, 0xe9], // sky blue
  [0xe6, 0x9f, 0x00], // orange
  [0x00, 0x9e, 0x73], // bluish green
  [0xcc, 0x79, 0xa7], // reddish purple
  [0xd5, 0x5e, 0x00], // vermilion
  [0x00, 0x72, 0xb2], // blue
]

/** The colour of the thing with this number, from 1; they return after seven. */
export function distinctColour(number: number): Rgb {
  return distinct[(number - 1) % distinct.length]!
}
