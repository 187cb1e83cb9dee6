import { areaPolygons } from '../../face/landmarks/areas.ts'
import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import type { FacePose } from '../face/pose.ts'
import type { MaskPlan } from './mask-plan.ts'

/** Corners of an outline. */
const corners = 96

/** The outlines of a plan's area on a face, one or two polygons; they go with the face from frame to frame. */
export function outlinesOn(plan: MaskPlan, landmarks: Landmarks, face: FacePose): Float32Array[] {
  return areaPolygons(plan.area, landmarks).map((hull) => outlineOn(hull, plan, face))
}

function outlineOn(hull: Float32Array, plan: MaskPlan, face: FacePose): Float32Array {
  const [x, y] = middleOf(hull)
  const result = new Float32Array(2 * corners)
  for (let i = 0; i < corners; i++) {
    const turn = (2 * Math.PI * i) / corners
    const [cosine, sine] = [Math.cos(turn + face.angle), Math.sin(turn + face.angle)]
    const wave = plan.rim.reduce(
      (sum, [a, b], k) => sum + a * Math.cos((k + 2) * turn) + b * Math.sin((k + 2) * turn),
      1,
    )
    const radius = plan.grow * wave * reach(hull, x, y, cosine, sine)
    result[2 * i] = x + radius * cosine
    result[2 * i + 1] = y + radius * sine
  }
  return result
}

function middleOf(hull: Float32Array): [x: number, y: number] {
  let [x, y] = [0, 0]
  for (let i = 0; i < hull.length; i += 2) {
    x += (2 * hull[i]!) / hull.length
    y += (2 * hull[i + 1]!) / hull.length
  }
  return [x, y]
}

/** How far a convex polygon reaches from a point within it to some side. */
function reach(hull: Float32Array, x: number, y: number, cosine: number, sine: number): number {
  let least = 0
  for (let i = 0, last = hull.length - 2; i < hull.length; last = i, i += 2) {
    const [ax, ay] = [hull[last]! - x, hull[last + 1]! - y]
    const [sideX, sideY] = [hull[i]! - x - ax, hull[i + 1]! - y - ay]
    const across = cosine * sideY - sine * sideX
    if (across === 0) continue
    const along = (ay * cosine - ax * sine) / -across
    const distance = (ax * sideY - ay * sideX) / across
    if (distance > least && along >= -1e-6 && along <= 1 + 1e-6) least = distance
  }
  return least
}
