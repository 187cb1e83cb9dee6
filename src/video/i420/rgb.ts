import type { PlaneLayout } from '../planes.ts'
import { type Component, formats } from './formats.ts'
import { checkPlane, readRow } from './rows.ts'

/** Red, green and blue of a row, 8 bits. */
type RgbRow = readonly [Uint16Array, Uint16Array, Uint16Array]

/**
 * RGB to I420 as JPEG has it (JFIF: BT.601, full range, a chroma sample amid four pixels), in whole numbers: luma of each
 * pixel rounded once, chroma of the sum of four pixels rounded once.
 */
export function rgbToI420(
  layout: PlaneLayout,
  { width, height }: { readonly width: number; readonly height: number },
  { y, u, v }: { readonly y: Uint8Array; readonly u: Uint8Array; readonly v: Uint8Array },
): void {
  const read = rowReader(layout, width, height)
  const newRow = (): RgbRow => [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)]
  const upper = newRow()
  const lower = newRow()
  const chromaWidth = Math.ceil(width / 2)
  for (let row = 0; row < height; row += 2) {
    const below = Math.min(row + 1, height - 1)
    read(row, upper)
    read(below, lower)
    writeLuma(upper, y.subarray(row * width, (row + 1) * width))
    writeLuma(lower, y.subarray(below * width, (below + 1) * width))
    const chroma = (row / 2) * chromaWidth
    writeChroma(upper, lower, u.subarray(chroma, chroma + chromaWidth), v.subarray(chroma, chroma + chromaWidth))
  }
}

/** Coefficients of 16 bits: those of red, green and blue sum to 65536 in luma and to 0 in chroma. */
function writeLuma([red, green, blue]: RgbRow, into: Uint8Array): void {
  for (let x = 0; x < into.length; x++) {
    into[x] = (19595 * red[x]! + 38470 * green[x]! + 7471 * blue[x]! + 32768) >> 16
  }
}

function writeChroma(upper: RgbRow, lower: RgbRow, u: Uint8Array, v: Uint8Array): void {
  const last = upper[0].length - 1
  const fourOf = (colour: 0 | 1 | 2, left: number, right: number) =>
    upper[colour][left]! + upper[colour][right]! + lower[colour][left]! + lower[colour][right]!
  const grey = (128 << 18) + (1 << 17) // with the half for rounding
  for (let x = 0; x < u.length; x++) {
    const left = 2 * x
    const right = Math.min(left + 1, last)
    const red = fourOf(0, left, right)
    const green = fourOf(1, left, right)
    const blue = fourOf(2, left, right)
    u[x] = Math.min(255, (grey - 11059 * red - 21709 * green + 32768 * blue) >> 18)
    v[x] = Math.min(255, (grey + 32768 * red - 27439 * green - 5329 * blue) >> 18)
  }
}

function rowReader(layout: PlaneLayout, width: number, height: number): (row: number, into: RgbRow) => void {
  const { components } = formats[layout.format]
  for (const component of components) checkPlane(layout, component, width, height)
  if (layout.format === 'palette') return paletteReader(layout, components[0], width)
  const shift = layout.bits - 8
  const half = (1 << shift) >> 1
  return (row, into) => {
    for (const [i, colours] of into.entries()) {
      readRow(layout, components[i]!, row, colours)
      if (shift === 0) continue
      for (let x = 0; x < width; x++) colours[x] = Math.min(255, (colours[x]! + half) >> shift)
    }
  }
}

function paletteReader(layout: PlaneLayout, numbers: Component, width: number): (row: number, into: RgbRow) => void {
  checkPlane(layout, { plane: 1, first: 0, step: 1 }, 4 * 256, 1)
  const { data, offset = 0 } = layout.planes[1]!
  const row = new Uint16Array(width)
  return (y, [red, green, blue]) => {
    readRow(layout, numbers, y, row)
    for (let x = 0; x < width; x++) {
      const entry = offset + 4 * row[x]!
      blue[x] = data[entry]!
      green[x] = data[entry + 1]!
      red[x] = data[entry + 2]!
    }
  }
}
