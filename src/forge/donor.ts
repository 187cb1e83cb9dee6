import type { Landmarks } from '../face/landmarks/landmarks.ts'
import * as points from '../face/landmarks/points.ts'
import { ends, fitSimilarity } from './face/pose.ts'
import type { FaceFrames } from './pair.ts'
import type { Warp } from './pixels/warp.ts'

/** Whose face looks most alike in shape and pose, place and size aside, in their first pictures. */
export function nearestDonor<Donor extends Pick<FaceFrames, 'landmarks'>>(
  landmarks: Landmarks,
  candidates: readonly Donor[],
): Donor | undefined {
  const rests = candidates.map((candidate) => fitSimilarity(candidate.landmarks[0]!, landmarks).rest)
  return candidates[rests.indexOf(Math.min(...rests))]
}

const cheeks = [50, 205, 187, 280, 425, 411] as const
const underLips = [18, 200] as const

/** Points that hold the warp: outlines of the face and of its parts. */
const holding = [
  ...[...points.faceOval, ...points.leftEye, ...points.rightEye, ...points.outerLips, ...points.nose],
  ...[...points.leftBrow, ...points.rightBrow, ...cheeks, ...underLips],
]

/**
 * Where the pixels of one face are in the picture of another: a similarity, and what it leaves of the holding points
 * spread by inverse distance (Shepard), so that eyes come upon eyes and lips upon lips.
 */
export function faceToFace(landmarks: Landmarks, donor: Landmarks): Warp {
  const { a, b, x: x0, y: y0 } = fitSimilarity(landmarks, donor)
  const count = holding.length
  const [xs, ys] = [new Float64Array(count), new Float64Array(count)]
  const [restX, restY] = [new Float64Array(count), new Float64Array(count)]
  for (const [i, point] of holding.entries()) {
    const [x, y] = [landmarks[2 * point]!, landmarks[2 * point + 1]!]
    xs[i] = x
    ys[i] = y
    restX[i] = donor[2 * point]! - (a * x - b * y + x0)
    restY[i] = donor[2 * point + 1]! - (b * x + a * y + y0)
  }
  const [left, right] = [2 * ends.left, 2 * ends.right]
  const width = Math.hypot(landmarks[right]! - landmarks[left]!, landmarks[right + 1]! - landmarks[left + 1]!)
  // Points nearer than this are averaged: the mesh trembles by about as much.
  const near = (0.03 * Math.max(width, 1)) ** 2
  return (point) => {
    const [x, y] = [point[0]!, point[1]!]
    let [sum, sumX, sumY] = [0, 0, 0]
    for (let i = 0; i < count; i++) {
      const across = x - xs[i]!
      const down = y - ys[i]!
      const weight = 1 / (across * across + down * down + near) ** 2
      sum += weight
      sumX += weight * restX[i]!
      sumY += weight * restY[i]!
    }
    point[0] = a * x - b * y + x0 + sumX / sum
    point[1] = b * x + a * y + y0 + sumY / sum
  }
}
