import { rgbColour } from './colour.ts'
import { type Colour, frameBytes } from './frame.ts'
import { resampleChroma } from './i420/chroma.ts'
import { type Component, formats, type PlaneFormat } from './i420/formats.ts'
import { imageOf } from './i420/rgb.ts'
import { checkPlane, readRow } from './i420/rows.ts'
import { planesOfImage } from './planes-of-image.ts'

export type { PlaneFormat } from './i420/formats.ts'

/** A picture in memory as a decoder gives it; nothing of it is kept or written into. */
export interface PlaneLayout {
  readonly format: PlaneFormat
  /** Of a sample; above 8 a sample takes two bytes, its value in the low bits. Of `palette` always 8. */
  readonly bits: 8 | 9 | 10 | 12 | 14 | 16
  /** Of the samples of two bytes; default: little endian. */
  readonly bigEndian?: boolean
  /** As many as the format has; more are passed over. */
  readonly planes: readonly {
    readonly data: Uint8Array
    /** First byte of the first row, default 0. */
    readonly offset?: number
    /** Bytes from a row to the next; below 0 where the rows lie bottom up. */
    readonly stride: number
  }[]
}

/**
 * The picture as the data of a frame: I420, 8 bits, without padding.
 *
 * Deeper samples are rounded to the nearest of 256 levels, without dithering: (v + half a level) >> (bits - 8). (For
 * limited range this is exact scaling; full range comes out at most 3/4 of a level brighter.) Chroma finer or coarser
 * than 4:2:0 is averaged or interpolated linearly. RGB becomes what `rgbColour` says; grey gets chroma 128.
 *
 * @param width of the picture as stored, as are the planes: not the padded size of the decoder
 * @param siting where the chroma samples of the result are to lie: what the frame's `colour.chroma` says. The samples of
 *   formats with shared chroma are taken to lie so already along the axes that share it: with `left`, those of i422 are
 *   in the even columns. Without meaning for grey and RGB (whose chroma comes out at the `centre`).
 * @param data `frameBytes` bytes, all of which are written; default: new ones
 * @throws UnmaskError `video-damaged` when a plane is missing or too short
 */
export function toI420(
  layout: PlaneLayout,
  width: number,
  height: number,
  siting: Colour['chroma'] = 'left',
  data: Uint8Array<ArrayBuffer> = new Uint8Array(frameBytes(width, height)),
): Uint8Array<ArrayBuffer> {
  const format = formats[layout.format]
  if (format.kind === 'rgb' || format.kind === 'palette') {
    data.set(planesOfImage(imageOf(layout, width, height), rgbColour))
    return data
  }
  const luma = width * height
  const chroma = luma + (data.length - luma) / 2
  const [y, u, v] = [data.subarray(0, luma), data.subarray(luma, chroma), data.subarray(chroma)]
  copyComponent(layout, format.components[0], width, height, y)
  if (format.kind === 'grey') {
    data.fill(128, luma)
    return data
  }
  for (const [component, into] of [[format.components[1], u] as const, [format.components[2], v] as const]) {
    if (format.columns === 2 && format.rows === 2) {
      copyComponent(layout, component, Math.ceil(width / 2), Math.ceil(height / 2), into)
    } else {
      resampleChroma(layout, component, format, { width, height, siting }, into)
    }
  }
  return data
}

/** Copies samples, reduced to 8 bits. */
function copyComponent(
  layout: PlaneLayout,
  component: Component,
  columns: number,
  rows: number,
  into: Uint8Array,
): void {
  checkPlane(layout, component, columns, rows)
  if (layout.bits === 8 && component.step === 1) {
    copyRows(layout, component, columns, rows, into)
    return
  }
  const row = new Uint16Array(columns)
  const shift = layout.bits - 8
  const half = (1 << shift) >> 1
  const clamped = new Uint8ClampedArray(into.buffer, into.byteOffset, into.length)
  for (let y = 0, at = 0; y < rows; y++) {
    readRow(layout, component, y, row)
    for (let x = 0; x < columns; x = (x + 1) | 0, at = (at + 1) | 0) clamped[at] = (row[x]! + half) >> shift
  }
}

function copyRows(layout: PlaneLayout, component: Component, columns: number, rows: number, into: Uint8Array): void {
  const { data, offset = 0, stride } = layout.planes[component.plane]!
  const start = offset + component.first
  if (stride === columns) {
    into.set(data.subarray(start, start + columns * rows))
    return
  }
  for (let y = 0; y < rows; y++) {
    const from = start + y * stride
    into.set(data.subarray(from, from + columns), y * columns)
  }
}
