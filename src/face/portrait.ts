import { displaySize, type Frame } from '../video/frame.ts'
import type { Region } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'
import { centreOf, squareAt } from './geometry.ts'
import { likeness, normalised } from './vectors.ts'

/**
 * What a face and its surroundings (hair, clothes) look like at a glance: enough to tell the people of one video apart,
 * not to recognise anybody.
 */
export interface Portrait {
  /** Red, green and blue of each cell of a square around the face, 0 to 255. */
  readonly levels: Float64Array
  /** Whether the middle of a cell lies in the picture. */
  readonly inside: readonly boolean[]
}

/** The square: twice the box, in so many cells a side; and the cells that go into one patch of colour. */
const reach = 2
const side = 6
const patch = 2

export function portraitOf(frame: Frame, box: Region): Portrait {
  const square = squareAt(centreOf(box), reach * box.width)
  const { data } = crop(frame, square, { width: side, height: side })
  const { width, height } = displaySize(frame)
  const within = (start: number, place: number, length: number) => {
    const middle = start + ((place + 0.5) * square.width) / side
    return middle >= 0 && middle < length
  }
  const inside = Array.from({ length: side ** 2 }, (_, i) => {
    return within(square.x, i % side, width) && within(square.y, Math.floor(i / side), height)
  })
  return { levels: Float64Array.from(data), inside }
}

/**
 * How much two portraits differ, where both show something. Under 1 are 95 % of the pairs of one person 2 to 6 seconds
 * apart, a third of those of two people in the same place of one room, and 6 % of those of two people elsewhere
 * (docs/faces.md).
 */
export function portraitDistance(a: Portrait, b: Portrait): number {
  const common: number[] = []
  for (let cell = 0; cell < side ** 2; cell++) if (a.inside[cell] && b.inside[cell]) common.push(cell)
  const pattern = Math.max(0, 1 - likeness(patternOf(a, common), patternOf(b, common)))
  return 1.27 * Math.sqrt(pattern) + 1.83 * Math.sqrt(colourDistance(a, b, common))
}

/** The first with so large a share of the second. @param share 0 to 1 */
export function blend(a: Portrait, b: Portrait, share: number): Portrait {
  const levels = a.levels.map((level, i) => {
    const cell = Math.floor(i / 3)
    if (!b.inside[cell]) return level
    return a.inside[cell] ? level + share * (b.levels[i]! - level) : b.levels[i]!
  })
  return { levels, inside: a.inside.map((inside, i) => inside || b.inside[i]!) }
}

/** Light and dark, brightness and contrast aside: a unit vector. */
function patternOf({ levels }: Portrait, cells: readonly number[]): Float64Array {
  const chosen = new Float64Array(3 * cells.length)
  for (const [i, cell] of cells.entries()) {
    for (let channel = 0; channel < 3; channel++) chosen[3 * i + channel] = levels[3 * cell + channel]!
  }
  return normalised(chosen, 3)
}

/** How differently red and blue stand out from grey, over the brightness, on average over patches. */
function colourDistance(a: Portrait, b: Portrait, cells: readonly number[]): number {
  const [coloursA, coloursB] = [patchesOf(a, cells), patchesOf(b, cells)]
  let sum = 0
  let patches = 0
  for (let at = 0; at < coloursA.length; at += 4) {
    const count = coloursA[at + 3]!
    if (count === 0) continue
    for (const channel of [0, 2]) sum += Math.abs(excess(coloursA, at, channel) - excess(coloursB, at, channel))
    patches += 1
  }
  return patches === 0 ? 0 : sum / (2 * patches)
}

/** Of each patch the sums of red, green and blue, and of how many cells. */
function patchesOf({ levels }: Portrait, cells: readonly number[]): Float64Array {
  const across = side / patch
  const sums = new Float64Array(4 * across ** 2)
  for (const cell of cells) {
    const row = Math.floor(cell / side / patch)
    const at = 4 * (row * across + Math.floor((cell % side) / patch))
    for (let channel = 0; channel < 3; channel++) sums[at + channel]! += levels[3 * cell + channel]!
    sums[at + 3]! += 1
  }
  return sums
}

function excess(sums: Float64Array, at: number, channel: number): number {
  const grey = 0.299 * sums[at]! + 0.587 * sums[at + 1]! + 0.114 * sums[at + 2]!
  return (sums[at + channel]! - grey) / (grey + 8 * sums[at + 3]!)
}
