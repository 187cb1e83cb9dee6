import { placer } from '../../explain/place.ts'
import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import { type RegionName, regionNames } from '../../face/landmarks/regions.ts'
import type { Cell, EvidenceMap } from './map.ts'
import type { ForgedPixels } from './pointing.ts'

/** Where points lie: in a part of the face, or beside it. */
export type Place = RegionName | 'outside'

export const places: readonly Place[] = [...regionNames, 'outside']

/** Points that are looked at along an axis of a crop. */
const grid = 32

/** A part of the face counts as forged when this share of it is. */
const enough = 0.5

/** The parts of a face that were forged. @param landmarks in pixels of the mask */
export function forgedPlaces(mask: ForgedPixels, landmarks: Landmarks): Set<Place> {
  const counts = new Map(places.map((place) => [place, { all: 0, forged: 0 }]))
  const placed = placer(landmarks)
  for (let i = 0; i < grid * grid; i++) {
    const x = (((i % grid) + 0.5) * mask.width) / grid
    const y = ((Math.floor(i / grid) + 0.5) * mask.height) / grid
    const count = counts.get(placed(x, y) ?? 'outside')!
    count.all++
    count.forged += mask.forged[Math.floor(y) * mask.width + Math.floor(x)]!
  }
  return new Set(places.filter((place) => counts.get(place)!.forged > enough * counts.get(place)!.all))
}

/** The part of the face in which the middle of a cell lies. */
export function placeOf({ column, row }: Cell, map: EvidenceMap, mask: ForgedPixels, landmarks: Landmarks): Place {
  const x = ((column + 0.5) * mask.width) / map.width
  const y = ((row + 0.5) * mask.height) / map.height
  return placer(landmarks)(x, y) ?? 'outside'
}
