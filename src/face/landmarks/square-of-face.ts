import type { Region } from '../../video/image.ts'
import type { Point } from '../face.ts'
import { centreOf, distance } from '../geometry.ts'
import { type Landmarks, landmarkCount, pointOf } from './landmarks.ts'
import { placeIn, type TiltedSquare } from './tilted-square.ts'

/** What the network is shown is so many times as large as the face: a quarter of the face on each side, as in MediaPipe. */
const margin = 1.5

/** Corners of the eyes by the temples. */
const [leftCorner, rightCorner] = [33, 263]

/** Width of the mesh over that of the detector's box, the median of portraits. */
const meshOverBox = 1.08

/** The upright square that shows a face by its box. */
export function squareOfBox(box: Region): TiltedSquare {
  return { centre: centreOf(box), side: margin * meshOverBox * Math.max(box.width, box.height), along: [1, 0] }
}

/** The square in which a face whose landmarks are known stands upright, in the middle, and as large as the network knows faces. */
export function squareOfLandmarks(landmarks: Landmarks): TiltedSquare {
  const along = direction(pointOf(landmarks, leftCorner), pointOf(landmarks, rightCorner))
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < landmarkCount; i++) {
    const [x, y] = pointOf(landmarks, i)
    const [across, down] = [along[0] * x + along[1] * y, along[0] * y - along[1] * x]
    left = Math.min(left, across)
    right = Math.max(right, across)
    top = Math.min(top, down)
    bottom = Math.max(bottom, down)
  }
  const turned: TiltedSquare = { centre: [0, 0], side: 1, along }
  const centre = placeIn(turned, 0.5 + (left + right) / 2, 0.5 + (top + bottom) / 2)
  return { centre, side: margin * Math.max(right - left, bottom - top), along }
}

/** By a root, which is exact, and not by an angle: sines differ between engines. */
function direction(from: Point, to: Point): Point {
  const length = distance(from, to)
  return length > 0 ? [(to[0] - from[0]) / length, (to[1] - from[1]) / length] : [1, 0]
}
