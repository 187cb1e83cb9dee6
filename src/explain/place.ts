import type { EvidenceRegion } from '../detect/result.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import { isInside } from '../face/landmarks/polygon.ts'
import { type RegionName, regionNames, regionPolygon } from '../face/landmarks/regions.ts'

/**
 * Tells in which part of a face a point lies, undefined beside it.
 * @param landmarks of the face, in the pixels in which points are given
 */
export function placer(landmarks: Landmarks): (x: number, y: number) => RegionName | undefined {
  const polygons = regionNames.map((name) => [name, regionPolygon(name, landmarks)] as const)
  return (x, y) => polygons.find(([, polygon]) => isInside(polygon, [x, y]))?.[0]
}

const merged: Readonly<Record<RegionName, EvidenceRegion>> = {
  forehead: 'forehead',
  leftEye: 'eyes',
  rightEye: 'eyes',
  nose: 'nose',
  leftCheek: 'cheeks',
  rightCheek: 'cheeks',
  mouth: 'mouth',
  chin: 'chin',
}

/** What a part of a face counts as where it is told where evidence is: left and right are one. */
export function evidenceRegionOf(place: RegionName | undefined): EvidenceRegion {
  return place ? merged[place] : 'elsewhere'
}
