import type { Image } from '../../video/image.ts'
import type { Mask } from '../mask/mask.ts'
import type { Bounds } from '../pixels/bounds.ts'
import { isKnown, stretchMembrane } from '../pixels/membrane.ts'

/** Side of the reduced grid's cells, pixels: the correction is smooth. */
const cell = 4

/**
 * Changes the colours that are to be put into a picture so that they agree with it at the mask's rim: inside, their
 * gradients stay, nearly as by Poisson's equation.
 * @param inner colours within the bounds, row after row
 */
export function fitToRim(inner: Float32Array, real: Image, { share }: Mask, bounds: Bounds): void {
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top]
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)]
  const values = new Float32Array(3 * columns * rows)
  const known = new Uint8Array(columns * rows)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const mean = cellMean(inner, real, share, bounds, column * cell, row * cell, values, 3 * at)
      known[at] = isKnown(mean)
    }
  }
  stretchMembrane(values, known, columns, rows)
  add(inner, width, height, values, columns, rows)
}

/** Writes the mean difference of picture and colours in a cell. @returns the mean of the mask */
function cellMean(
  inner: Float32Array,
  { data, width }: Image,
  share: Float32Array,
  { left, top, right, bottom }: Bounds,
  cellLeft: number,
  cellTop: number,
  values: Float32Array,
  to: number,
): number {
  const [endX, endY] = [Math.min(cellLeft + cell, right - left), Math.min(cellTop + cell, bottom - top)]
  let [red, green, blue, masked] = [0, 0, 0, 0]
  for (let y = cellTop; y < endY; y++) {
    for (let x = cellLeft; x < endX; x++) {
      const from = 3 * (y * (right - left) + x)
      const pixel = (top + y) * width + left + x
      red += data[3 * pixel]! - inner[from]!
      green += data[3 * pixel + 1]! - inner[from + 1]!
      blue += data[3 * pixel + 2]! - inner[from + 2]!
      masked += share[pixel]!
    }
  }
  const count = (endX - cellLeft) * (endY - cellTop)
  values[to] = red / count
  values[to + 1] = green / count
  values[to + 2] = blue / count
  return masked / count
}

/** Adds a grid's values, between the middles of its cells bilinear. */
function add(
  inner: Float32Array,
  width: number,
  height: number,
  values: Float32Array,
  columns: number,
  rows: number,
): void {
  const place = (pixel: number, cells: number) => Math.min(Math.max((pixel + 0.5) / cell - 0.5, 0), cells - 1)
  for (let y = 0, at = 0; y < height; y++) {
    const down = place(y, rows)
    const row = Math.min(down | 0, Math.max(rows - 2, 0))
    const low = down - row
    const below = rows > 1 ? 3 * columns : 0
    for (let x = 0; x < width; x++) {
      const across = place(x, columns)
      const column = Math.min(across | 0, Math.max(columns - 2, 0))
      const right = across - column
      const beside = columns > 1 ? 3 : 0
      const a = 3 * (row * columns + column)
      for (let i = a; i < a + 3; i++, at++) {
        const upper = values[i]! + right * (values[i + beside]! - values[i]!)
        const lower = values[i + below]! + right * (values[i + below + beside]! - values[i + below]!)
        inner[at]! += upper + low * (lower - upper)
      }
    }
  }
}
