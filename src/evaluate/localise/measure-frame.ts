import type { Size } from '../../video/image.ts'
import type { MapName } from './evidence.ts'
import { type EvidenceMap, peakOf, stretched } from './map.ts'
import { overlaps, thresholds } from './overlap.ts'
import { type ForgedPixels, hits, isHit } from './pointing.ts'

/** How well one map shows what was forged: of one frame, or the mean of several. */
export interface Localised {
  /** Share of frames whose peak lies on what was forged, or one cell beside it. */
  readonly pointing: number
  /** The same without the cell beside. */
  readonly pointingExact: number
  /** At each of `thresholds`. */
  readonly overlaps: readonly number[]
}

/** What guessing gives: pointing at any cell, and calling everything forged. */
export interface Chance {
  readonly pointing: number
  readonly pointingExact: number
  readonly overlap: number
}

/** Cells beside what was forged that count as hits. */
export const tolerance = 1

/** @param mask something in it is forged */
export function measureFrame(maps: ReadonlyMap<MapName, EvidenceMap>, mask: ForgedPixels) {
  const grids = new Map<string, { near: Uint8Array; exact: Uint8Array }>()
  const gridOf = (size: Size) => {
    const key = `${size.width} ${size.height}`
    const grid = grids.get(key) ?? { near: hits(mask, size, tolerance), exact: hits(mask, size, 0) }
    grids.set(key, grid)
    return grid
  }
  const localised = new Map<MapName, Localised>()
  for (const [name, map] of maps) {
    const { near, exact } = gridOf(map)
    const peak = peakOf(map)
    localised.set(name, {
      pointing: Number(isHit(peak, near, map.width)),
      pointingExact: Number(isHit(peak, exact, map.width)),
      overlaps: overlaps(stretched(map, mask), mask.forged),
    })
  }
  const { near, exact } = grids.values().next().value!
  const chance: Chance = { pointing: share(near), pointingExact: share(exact), overlap: share(mask.forged) }
  return { localised, chance }
}

/** The mean of frames, or of videos. @param all at least one */
export function meanLocalised(all: readonly Localised[]): Localised {
  const mean = (of: (one: Localised) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length
  return {
    pointing: mean(({ pointing }) => pointing),
    pointingExact: mean(({ pointingExact }) => pointingExact),
    overlaps: thresholds.map((_, i) => mean(({ overlaps }) => overlaps[i]!)),
  }
}

function share(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length
}
