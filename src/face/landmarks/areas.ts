import type { Landmarks } from './landmarks.ts'
import { faceOval, leftBrow, leftEye, rightBrow, rightEye } from './points.ts'
import { convexHull, type Polygon, polygonOf } from './polygon.ts'

/** Areas of a face in which forgeries are made. */
export const areaNames = ['wholeFace', 'innerFace', 'lowerFace', 'mouth', 'eyes'] as const

export type AreaName = (typeof areaNames)[number]

/** Of each area the points that its hulls are around. */
const points: Readonly<Record<AreaName, readonly (readonly number[])[]>> = {
  // The nose stands out of the oval where the face is turned far to the side.
  wholeFace: [[...faceOval, 1, 4, 5]],
  // Brows, the cheeks within the oval, the chin above its edge.
  innerFace: [
    [
      ...[...leftBrow, ...rightBrow, 156, 143, 116, 123, 147, 192, 214, 210, 211, 32, 208, 199],
      ...[383, 372, 345, 352, 376, 416, 434, 430, 431, 262, 428],
    ],
  ],
  // From under the nose, and at the sides from the height of the mouth, to the edge of the chin.
  lowerFace: [
    [...[98, 2, 327, 132, 58, 172, 136, 150, 149, 176, 148, 152], ...[377, 400, 378, 379, 365, 397, 288, 361]],
  ],
  // The lips and what moves with them.
  mouth: [[167, 164, 393, 165, 92, 186, 57, 43, 106, 182, 83, 18, 313, 406, 335, 273, 287, 410, 322, 391]],
  // With the brows and the bags.
  eyes: [
    [...leftBrow, ...leftEye, 226, 31, 228, 229, 230, 231, 232, 233],
    [...rightBrow, ...rightEye, 446, 261, 448, 449, 450, 451, 452, 453],
  ],
}

/** The outlines of an area, convex: one, of the eyes one each. */
export function areaPolygons(name: AreaName, landmarks: Landmarks): Polygon[] {
  return points[name].map((indices) => convexHull(polygonOf(landmarks, indices)))
}
