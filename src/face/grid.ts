import type { Region } from '../video/image.ts'
import type { Candidate } from './candidate.ts'
import { type Face, type Keypoints, keypointNames, type Point } from './face.ts'

/** Steps of the grid in a pixel, and in the range of a score. */
const places = 8
const scores = 1000

/** The nearest place on the grid. */
export function onGrid(pixels: number): number {
  return Math.round(pixels * places) / places
}

export function regionOnGrid({ x, y, width, height }: Region): Region {
  return { x: onGrid(x), y: onGrid(y), width: onGrid(width), height: onGrid(height) }
}

function pointOnGrid([x, y]: Point): Point {
  return [onGrid(x), onGrid(y)]
}

/** A candidate as it is handed out. */
export function faceOf({ box, points, score }: Candidate): Face {
  const keypoints = Object.fromEntries(keypointNames.map((name, i) => [name, pointOnGrid(points[i]!)])) as Keypoints
  return { box: regionOnGrid(box), keypoints, score: Math.round(score * scores) / scores }
}
