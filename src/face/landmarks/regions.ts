import type { Landmarks } from './landmarks.ts'
import { nose } from './points.ts'
import { type Polygon, polygonOf } from './polygon.ts'

/**
 * The parts of a face by which it is said where a forgery is. They cover the mesh without overlapping: eyes with brows, the
 * forehead with the temples, cheeks with the jaw, the mouth with what is around the lips. Left and right are those of the picture.
 */
export const regionNames = [
  'forehead',
  'leftEye',
  'rightEye',
  'nose',
  'leftCheek',
  'rightCheek',
  'mouth',
  'chin',
] as const

export type RegionName = (typeof regionNames)[number]

/** Outlines, clockwise as shown. Neighbours share their points. */
const outlines: Readonly<Record<RegionName, readonly number[]>> = {
  forehead: [
    ...[127, 162, 21, 54, 103, 67, 109, 10, 338, 297, 332, 284, 251, 389, 356],
    ...[265, 383, 300, 293, 334, 296, 336, 285, 417, 168, 193, 55, 107, 66, 105, 63, 70, 156, 35],
  ],
  leftEye: [156, 70, 63, 105, 66, 107, 55, 193, 244, 233, 232, 231, 230, 229, 228, 31, 35],
  rightEye: [383, 265, 261, 448, 449, 450, 451, 452, 453, 464, 417, 285, 336, 296, 334, 293, 300],
  nose,
  leftCheek: [
    ...[127, 35, 31, 228, 229, 230, 231, 232, 233, 244, 128, 114, 217, 209, 129, 64, 98],
    ...[165, 92, 186, 57, 43, 202, 211, 170, 150, 136, 172, 58, 132, 93, 234],
  ],
  rightCheek: [
    ...[356, 454, 323, 361, 288, 397, 365, 379, 395, 431, 422, 273, 287, 410, 322, 391],
    ...[327, 294, 358, 429, 437, 343, 357, 464, 453, 452, 451, 450, 449, 448, 261, 265],
  ],
  mouth: [98, 97, 2, 326, 327, 391, 322, 410, 287, 273, 335, 406, 313, 18, 83, 182, 106, 43, 57, 186, 92, 165],
  chin: [
    ...[43, 106, 182, 83, 18, 313, 406, 335, 273, 422, 431, 395, 379],
    ...[378, 400, 377, 152, 148, 176, 149, 150, 170, 211, 202],
  ],
}

/** The outline of a part of a face. It may cross itself where the face is turned far to the side. */
export function regionPolygon(name: RegionName, landmarks: Landmarks): Polygon {
  return polygonOf(landmarks, outlines[name])
}
