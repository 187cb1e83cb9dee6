import type { Region } from '../video/image.ts'
import type { Point } from './face.ts'

export function centreOf({ x, y, width, height }: Region): Point {
  return [x + width / 2, y + height / 2]
}

export function distance([x, y]: Point, [otherX, otherY]: Point): number {
  return Math.sqrt((x - otherX) ** 2 + (y - otherY) ** 2)
}

/** A square by its centre and side. */
export function squareAt([x, y]: Point, side: number): Region {
  return { x: x - side / 2, y: y - side / 2, width: side, height: side }
}

/** The region so many times as wide and high, around the same centre. */
export function enlarged({ x, y, width, height }: Region, times: number): Region {
  const room = (times - 1) / 2
  return { x: x - room * width, y: y - room * height, width: times * width, height: times * height }
}

function areaOf({ width, height }: Region): number {
  return width * height
}

/** Area that two rectangles have in common. */
function sharedArea(a: Region, b: Region): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Intersection over union, 0 to 1; 0 where neither has an area. */
export function overlap(a: Region, b: Region): number {
  const shared = sharedArea(a, b)
  return shared === 0 ? 0 : shared / (areaOf(a) + areaOf(b) - shared)
}

/** Intersection over the smaller of the two, 0 to 1: 1 when one lies in the other. */
export function containment(a: Region, b: Region): number {
  const shared = sharedArea(a, b)
  return shared === 0 ? 0 : shared / Math.min(areaOf(a), areaOf(b))
}

/** Share of a region that lies in another one. */
export function coverage(region: Region, other: Region): number {
  return sharedArea(region, other) / areaOf(region)
}
