/** x and y, which are written over. Pixels; (0, 0) is the top left corner of the top left pixel. */
export type MovingPoint = Float64Array

/** Where a pixel of a result is taken from: moves a point of the result to its origin. */
export type Warp = (point: MovingPoint) => void

/** The origin by several warps: that of the first is looked up in the second, and so on. */
export function chain(...warps: readonly (Warp | undefined)[]): Warp {
  const all = warps.filter((warp) => warp !== undefined)
  return (point) => {
    for (const warp of all) warp(point)
  }
}

/** Where points of the origin are in the result: the other way round, for warps that move points little and smoothly. */
export function inverse(warp: Warp, points: Float32Array): Float32Array<ArrayBuffer> {
  const result = new Float32Array(points)
  const point = new Float64Array(2)
  for (let i = 0; i < points.length; i += 2) {
    let [x, y] = [points[i]!, points[i + 1]!]
    // Each step leaves of the error the share by which the warp is none: a few per cent.
    for (let step = 0; step < 5; step++) {
      point[0] = x
      point[1] = y
      warp(point)
      x += points[i]! - point[0]!
      y += points[i + 1]! - point[1]!
    }
    result[i] = x
    result[i + 1] = y
  }
  return result
}

/** Turns by an angle (radians, clockwise as shown), makes larger and moves: x' = factor R (x - centre) + centre + shift. */
export function similarity(
  [centreX, centreY]: readonly [number, number],
  { factor = 1, angle = 0, x: shiftX = 0, y: shiftY = 0 }: { factor?: number; angle?: number; x?: number; y?: number },
): Warp {
  const cosine = factor * Math.cos(angle)
  const sine = factor * Math.sin(angle)
  return (point) => {
    const x = point[0]! - centreX
    const y = point[1]! - centreY
    point[0] = cosine * x - sine * y + centreX + shiftX
    point[1] = sine * x + cosine * y + centreY + shiftY
  }
}
