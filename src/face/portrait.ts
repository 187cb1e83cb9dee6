import type { Frame } from '../video/frame.ts'
import type { Region } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'
import { centreOf, squareAt } from './geometry.ts'
import { likeness, normalised } from './vectors.ts'

/**
 * What a face and its surroundings (hair, clothes) look like at a glance: enough to tell the people of one video apart,
 * not to recognise anybody.
 */
export interface Portrait {
  /** Unit vector: light and dark, brightness and contrast aside. */
  readonly pattern: Float64Array
  /** Of each ninth of the picture how much red and blue stand out from grey, over its brightness. */
  readonly colours: Float64Array
}

/** The picture: a square of twice the box, in so many cells a side. */
const reach = 2
const cells = 6

export function portraitOf(frame: Frame, box: Region): Portrait {
  const { data } = crop(frame, squareAt(centreOf(box), reach * box.width), { width: cells, height: cells })
  return { pattern: normalised(Float64Array.from(data), 3), colours: coloursOf(data) }
}

/**
 * How much two portraits differ. Under 1 are 95 % of the pairs of one person 2 to 6 seconds apart, 19 % of those of two
 * persons in the same place of the same room, and 0.3 % of those of two persons elsewhere (docs/faces.md).
 */
export function portraitDistance(a: Portrait, b: Portrait): number {
  let colours = 0
  for (let i = 0; i < a.colours.length; i++) colours += Math.abs(a.colours[i]! - b.colours[i]!)
  const pattern = Math.max(0, 1 - likeness(a.pattern, b.pattern))
  return 1.27 * Math.sqrt(pattern) + 1.83 * Math.sqrt(colours / a.colours.length)
}

/** The first with so large a share of the second. @param share 0 to 1 */
export function blend(a: Portrait, b: Portrait, share: number): Portrait {
  const mixed = (x: Float64Array, y: Float64Array) => x.map((value, i) => value + share * (y[i]! - value))
  const pattern = mixed(a.pattern, b.pattern)
  const length = Math.sqrt(likeness(pattern, pattern))
  return { pattern: pattern.map((value) => value / length), colours: mixed(a.colours, b.colours) }
}

function coloursOf(pixels: Uint8Array): Float64Array {
  const half = cells / 2
  const colours = new Float64Array(2 * half * half)
  for (let place = 0; place < half * half; place++) {
    const first = 2 * Math.floor(place / half) * cells + 2 * (place % half)
    const four = [first, first + 1, first + cells, first + cells + 1]
    const [red, green, blue] = [0, 1, 2].map((channel) =>
      four.reduce((sum, i) => sum + pixels[3 * i + channel]! / 4, 0),
    )
    const grey = 0.299 * red! + 0.587 * green! + 0.114 * blue!
    colours[2 * place] = (red! - grey) / (grey + 8)
    colours[2 * place + 1] = (blue! - grey) / (grey + 8)
  }
  return colours
}
