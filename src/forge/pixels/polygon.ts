import type { Size } from '../../video/image.ts'
import type { Bounds } from './bounds.ts'

/** Lines that a row of pixels is sampled at; along them coverage is exact. */
const lines = 4

/**
 * Draws a filled polygon into a mask (even and odd), antialiased: what is there already stays where it is more.
 * @param points x0, y0, x1, y1, ...
 * @param mask 0 to 1, [height, width]
 * @param scratch as long as a row of the mask
 */
export function fillPolygon(points: Float32Array, mask: Float32Array, { width }: Size, bounds: Bounds): void {
  const coverage = new Float32Array(width + 1)
  const crossings = new Float64Array(points.length / 2)
  for (let y = bounds.top; y < bounds.bottom; y++) {
    coverage.fill(0)
    for (let line = 0; line < lines; line++) {
      const count = cross(points, y + (line + 0.5) / lines, crossings)
      for (let i = 0; i + 1 < count; i += 2) cover(coverage, crossings[i]!, crossings[i + 1]!, bounds)
    }
    const row = y * width
    for (let x = bounds.left; x < bounds.right; x++) {
      if (coverage[x]! > mask[row + x]!) mask[row + x] = Math.min(coverage[x]!, 1)
    }
  }
}

/** Where the sides of the polygon cross a line, sorted. */
function cross(points: Float32Array, y: number, into: Float64Array): number {
  let count = 0
  let fromX = points[points.length - 2]!
  let fromY = points[points.length - 1]!
  for (let i = 0; i < points.length; i += 2) {
    const toX = points[i]!
    const toY = points[i + 1]!
    if (fromY <= y !== toY <= y) {
      const x = fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)
      let place = count++
      for (; place > 0 && into[place - 1]! > x; place--) into[place] = into[place - 1]!
      into[place] = x
    }
    fromX = toX
    fromY = toY
  }
  return count
}

function cover(coverage: Float32Array, from: number, to: number, { left, right }: Bounds): void {
  const begin = Math.max(from, left)
  const end = Math.min(to, right)
  if (end <= begin) return
  const first = Math.floor(begin)
  const last = Math.min(Math.floor(end), right - 1)
  if (first === last) {
    coverage[first]! += (end - begin) / lines
    return
  }
  coverage[first]! += (first + 1 - begin) / lines
  for (let x = first + 1; x < last; x++) coverage[x]! += 1 / lines
  coverage[last]! += (end - last) / lines
}
