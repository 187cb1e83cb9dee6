import { surroundings } from '../face/crop.ts'
import type { Face } from '../face/face.ts'
import { type Cut, cut, withinCut } from '../video/cut.ts'
import type { Frame } from '../video/frame.ts'
import type { Image, Region, Size } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'

/** What is kept of a frame until its clips are complete, as only then it is known where to cut: the surroundings of faces. */
export interface Glimpse {
  readonly seconds: number
  readonly cuts: readonly { readonly region: Region; readonly cut: Cut }[]
}

/** @param expected where faces may be that were not found */
export function glimpseOf(frame: Frame, faces: readonly Face[], expected: readonly Region[]): Glimpse {
  const boxes = [...faces.map(({ box }) => box), ...expected]
  const regions = boxes
    .map(surroundings)
    .filter((region, i, all) => all.findIndex((other) => covers(other, region)) === i)
  return { seconds: frame.seconds, cuts: regions.map((region) => ({ region, cut: cut(frame, region) })) }
}

/** A crop of what was kept; undefined where nothing was kept there. */
export function cropOf({ cuts }: Glimpse, region: Region, size: Size): Image | undefined {
  const found = cuts.find((part) => covers(part.region, region))
  return found && crop(found.cut.frame, withinCut(found.cut, region), size)
}

function covers(outer: Region, inner: Region): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  )
}
