import { surroundings } from '../face/crop.ts'
import type { Face } from '../face/face.ts'
import { coverage, overlap } from '../face/geometry.ts'
import { type Cut, cut, withinCut } from '../video/cut.ts'
import type { Frame } from '../video/frame.ts'
import type { Image, Region, Size } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'

/** What is kept of a frame until its clips are complete, as only then it is known where to cut: the surroundings of faces. */
export interface Glimpse {
  readonly seconds: number
  readonly cuts: readonly { readonly region: Region; readonly cut: Cut }[]
}

/** Boxes that overlap so far (intersection over union) are of one face. */
const sameFace = 0.3

/** A crop may reach beyond what was kept by so much of it: its edge is then repeated, as at the edge of a picture. */
const least = 0.6

/** @param expected where faces may be that were not found */
export function glimpseOf(frame: Frame, faces: readonly Face[], expected: readonly Region[]): Glimpse {
  const found = faces.map(({ box }) => box)
  const missed = expected.filter((box) => !found.some((other) => overlap(box, other) > sameFace))
  const regions = [...found, ...missed].map(surroundings)
  return { seconds: frame.seconds, cuts: regions.map((region) => ({ region, cut: cut(frame, region) })) }
}

/** A crop of what was kept; undefined where nothing was kept there. */
export function cropOf({ cuts }: Glimpse, region: Region, size: Size): Image | undefined {
  const covered = cuts.map((part) => coverage(region, part.region))
  const best = covered.indexOf(Math.max(...covered))
  const found = covered[best]! >= least ? cuts[best] : undefined
  return found && crop(found.cut.frame, withinCut(found.cut, region), size)
}
