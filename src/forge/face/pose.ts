import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import { faceOval } from '../../face/landmarks/points.ts'
import type { Warp } from '../pixels/warp.ts'

/** The ends of the face: left, right, top, bottom; and the outer corners of the eyes. Points of the mesh. */
export const ends = { left: 234, right: 454, top: 10, bottom: 152, leftCorner: 33, rightCorner: 263 } as const

/** Where a face is in its picture: lengths of recipes are shares of its width, and waves and masks go with it. */
export interface FacePose {
  readonly x: number
  readonly y: number
  /** Pixels. */
  readonly width: number
  /** Of the line through the eyes, radians, clockwise as shown. */
  readonly angle: number
}

/** A face is about so much higher than wide; turned to the side it is narrow, and its height says more. */
const heightOverWidth = 1.35

export function poseOf(landmarks: Landmarks): FacePose {
  const span = (a: number, b: number) =>
    Math.hypot(landmarks[2 * b]! - landmarks[2 * a]!, landmarks[2 * b + 1]! - landmarks[2 * a + 1]!)
  const { left, right, top, bottom, leftCorner, rightCorner } = ends
  let [x, y] = [0, 0]
  for (const point of faceOval) {
    x += landmarks[2 * point]! / faceOval.length
    y += landmarks[2 * point + 1]! / faceOval.length
  }
  return {
    x,
    y,
    width: Math.max(span(left, right), span(top, bottom) / heightOverWidth, 4),
    angle: Math.atan2(
      landmarks[2 * rightCorner + 1]! - landmarks[2 * leftCorner + 1]!,
      landmarks[2 * rightCorner]! - landmarks[2 * leftCorner]!,
    ),
  }
}

/** The similarity that brings points nearest to others (least squares). */
export interface Fit {
  /** x' = a x - b y + x0, y' = b x + a y + y0. */
  readonly a: number
  readonly b: number
  readonly x: number
  readonly y: number
  /** Root of the mean square of what is left, over the root of the mean square distance of the others from their middle. */
  readonly rest: number
}

export function fitSimilarity(from: Landmarks, to: Landmarks): Fit {
  const count = from.length / 2
  const [fromX, fromY, toX, toY] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)]
  let [dot, cross, square, spread] = [0, 0, 0, 0]
  for (let i = 0; i < from.length; i += 2) {
    const [x, y] = [from[i]! - fromX, from[i + 1]! - fromY]
    const [u, v] = [to[i]! - toX, to[i + 1]! - toY]
    dot += x * u + y * v
    cross += x * v - y * u
    square += x * x + y * y
    spread += u * u + v * v
  }
  const a = square > 0 ? dot / square : 1
  const b = square > 0 ? cross / square : 0
  const left = Math.max(spread - (a * a + b * b) * square, 0)
  const rest = Math.sqrt(left / Math.max(spread, count * 1e-12))
  return { a, b, x: toX - a * fromX + b * fromY, y: toY - b * fromX - a * fromY, rest }
}

export function fitted({ a, b, x, y }: Fit): Warp {
  return (point) => {
    const [u, v] = [point[0]!, point[1]!]
    point[0] = a * u - b * v + x
    point[1] = b * u + a * v + y
  }
}

function mean(points: Landmarks, axis: 0 | 1): number {
  let sum = 0
  for (let i = axis; i < points.length; i += 2) sum += points[i]!
  return (2 * sum) / points.length
}
