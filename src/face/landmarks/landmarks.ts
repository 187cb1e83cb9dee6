import type { Point } from '../face.ts'

/**
 * The 468 points of MediaPipe's face mesh in a picture: x0, y0, x1, y1, ... in its pixels, where (0, 0) is the top left
 * corner of the top left pixel. Length 936. Which point is where: `points.ts`.
 */
export type Landmarks = Float32Array<ArrayBuffer>

/** Points of the mesh. */
export const landmarkCount = 468

/** @param index of a point of the mesh, 0 to 467 */
export function pointOf(landmarks: Landmarks, index: number): Point {
  return [landmarks[2 * index]!, landmarks[2 * index + 1]!]
}
