import type { Size } from '../../video/image.ts'

/** A rectangle of whole pixels: from left and top to before right and bottom. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function wholeOf({ width, height }: Size): Bounds {
  return { left: 0, top: 0, right: width, bottom: height }
}

/** What holds the points and a rim around them, within a picture; may be empty. */
export function boundsOf(points: Float32Array, rim: number, { width, height }: Size): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!)
    right = Math.max(right, points[i]!)
    top = Math.min(top, points[i + 1]!)
    bottom = Math.max(bottom, points[i + 1]!)
  }
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most)
  return {
    left: inside(Math.floor(left - rim), width),
    top: inside(Math.floor(top - rim), height),
    right: inside(Math.ceil(right + rim), width),
    bottom: inside(Math.ceil(bottom + rim), height),
  }
}

export function isEmpty({ left, top, right, bottom }: Bounds): boolean {
  return !(right > left && bottom > top)
}
