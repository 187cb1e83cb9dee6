import type { Image } from '../../video/image.ts'
import type { Bounds } from './bounds.ts'
import { type Field, pitch } from './field.ts'

/** Interleaved red, green and blue of a picture: 0 to 255, not rounded. */
export type Colours = Float32Array | Uint8ClampedArray

/**
 * Looks a picture up where a field says, bilinearly; beyond its edges they repeat.
 * @param field covers the bounds
 * @param into rows of the bounds, one after the other. Bytes are rounded
 */
export function sample(source: Image, field: Field, bounds: Bounds, into: Colours): void {
  const { left, top, right, bottom } = bounds
  const stride = right - left
  const { columns } = field
  const lineX = new Float64Array(columns)
  const lineY = new Float64Array(columns)
  for (let y = top; y < bottom; y++) {
    const down = (y + 0.5 - field.top) / pitch
    const row = Math.min(Math.floor(down), field.rows - 2)
    between(field.x, row * columns, columns, down - row, lineX)
    between(field.y, row * columns, columns, down - row, lineY)
    for (let cell = 0; cell < columns - 1; cell++) {
      const from = Math.max(field.left + cell * pitch, left)
      const to = Math.min(field.left + (cell + 1) * pitch, right)
      if (to <= from) continue
      const stepX = (lineX[cell + 1]! - lineX[cell]!) / pitch
      const stepY = (lineY[cell + 1]! - lineY[cell]!) / pitch
      const begin = from + 0.5 - field.left - cell * pitch
      // Samples lie in the middle of pixels.
      const x = lineX[cell]! + begin * stepX - 0.5
      const y0 = lineY[cell]! + begin * stepY - 0.5
      sampleRun(source, x, y0, stepX, stepY, to - from, into, 3 * ((y - top) * stride + from - left))
    }
  }
}

function between(nodes: Float32Array, at: number, count: number, share: number, into: Float64Array): void {
  for (let i = 0; i < count; i++) {
    const above = nodes[at + i]!
    into[i] = above + share * (nodes[at + count + i]! - above)
  }
}

/** Samples along a straight line of the source. Written out, with indices cut to 32 bits, for speed. */
function sampleRun(
  { data, width, height }: Image,
  fromX: number,
  fromY: number,
  stepX: number,
  stepY: number,
  count: number,
  into: Colours,
  to: number,
): void {
  const lastX = width - 1
  const lastY = height - 1
  const stride = (3 * width) | 0
  let at = to | 0
  for (let i = 0; i < count; i = (i + 1) | 0, at = (at + 3) | 0) {
    let x = fromX + i * stepX
    let y = fromY + i * stepY
    x = x > 0 ? (x < lastX ? x : lastX) : 0
    y = y > 0 ? (y < lastY ? y : lastY) : 0
    const column = x | 0
    const row = y | 0
    const right = x - column
    const low = y - row
    const p = (row * stride + 3 * column) | 0
    const q = column < lastX ? (p + 3) | 0 : p
    const down = row < lastY ? stride : 0
    const r = (p + down) | 0
    const s = (q + down) | 0
    const d = right * low
    const c = low - d
    const b = right - d
    const a = 1 - right - c
    into[at] = a * data[p]! + b * data[q]! + c * data[r]! + d * data[s]!
    into[(at + 1) | 0] =
      a * data[(p + 1) | 0]! + b * data[(q + 1) | 0]! + c * data[(r + 1) | 0]! + d * data[(s + 1) | 0]!
    into[(at + 2) | 0] =
      a * data[(p + 2) | 0]! + b * data[(q + 2) | 0]! + c * data[(r + 2) | 0]! + d * data[(s + 2) | 0]!
  }
}
