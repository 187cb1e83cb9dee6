import type { Landmarks } from './landmarks.ts'

/** Corners of a closed polygon: x0, y0, x1, y1, ... in pixels of the picture. */
export type Polygon = Float32Array<ArrayBuffer>

/** @param indices of points of the mesh */
export function polygonOf(landmarks: Landmarks, indices: readonly number[]): Polygon {
  return Float32Array.from(indices.flatMap((index) => [landmarks[2 * index]!, landmarks[2 * index + 1]!]))
}

/** The smallest convex polygon around points, clockwise as shown. Andrew's monotone chain. */
export function convexHull(points: Polygon): Polygon {
  const corners = Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i]!, points[2 * i + 1]!] as const)
  corners.sort(([x, y], [otherX, otherY]) => x - otherX || y - otherY)
  return Float32Array.from([...chain(corners), ...chain(corners.toReversed())].flat())
}

type Corner = readonly [x: number, y: number]

/** One side of the hull, without its last corner. */
function chain(corners: readonly Corner[]): Corner[] {
  const kept: Corner[] = []
  for (const corner of corners) {
    while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, corner) <= 0) kept.pop()
    kept.push(corner)
  }
  return kept.slice(0, -1)
}

/** Above 0 where the way from a over b to c turns clockwise as shown. */
function turn(a: Corner, b: Corner, c: Corner): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/** Whether a point lies in a polygon, by the number of sides to its right. */
export function isInside(polygon: Polygon, [x, y]: Corner): boolean {
  let inside = false
  for (let i = 0, last = polygon.length - 2; i < polygon.length; last = i, i += 2) {
    const [fromX, fromY, toX, toY] = [polygon[last]!, polygon[last + 1]!, polygon[i]!, polygon[i + 1]!]
    if (fromY <= y !== toY <= y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside
  }
  return inside
}
