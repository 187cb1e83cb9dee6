import type { Point } from '../face.ts'

/** A square in a picture, turned as a face is. */
export interface TiltedSquare {
  readonly centre: Point
  /** In pixels. */
  readonly side: number
  /** Unit vector along its upper edge, from left to right: cosine and sine of the angle, clockwise. */
  readonly along: Point
}

/** A place in the picture, given in shares of the square from its upper left corner. */
export function placeIn({ centre, side, along }: TiltedSquare, right: number, down: number): Point {
  const [x, y] = [(right - 0.5) * side, (down - 0.5) * side]
  return [centre[0] + along[0] * x - along[1] * y, centre[1] + along[1] * x + along[0] * y]
}

/** Sine of the angle between two squares, without its sign. */
export function turnBetween({ along: [x, y] }: TiltedSquare, { along: [otherX, otherY] }: TiltedSquare): number {
  return Math.abs(x * otherY - y * otherX)
}
