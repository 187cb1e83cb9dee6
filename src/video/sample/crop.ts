import { UnmaskError } from '../../errors.ts'
import { type Conversion, conversion } from '../colour.ts'
import { displaySize, type Frame, type Picture } from '../frame.ts'
import type { Image, Region, Size } from '../image.ts'
import { Layer, type Stretch } from './layer.ts'
import { type Span, spansOf, within } from './span.ts'

export interface CropOptions {
  /** Beyond the picture: its edge pixels again and again (default), or black where a pixel's centre lies outside. */
  readonly outside?: 'repeat' | 'black'
  /** Where to write the pixels, 3 x width x height bytes; default: a new array. */
  readonly into?: Uint8Array<ArrayBuffer>
}

/** Farthest that a region may reach, in pixels: it bounds the work. */
const farthest = 2 ** 20

/**
 * A part of a frame as it is shown, in RGB, at another size. The same bits in every engine.
 *
 * Each plane is resampled by the triangle filter (see `Layer`), chroma from where its samples lie, then colours are
 * converted and rounded once. The edges of the region lie on pixel edges of the result; with a region of whole pixels at
 * its own size, luma is taken as it is.
 *
 * @param region in display pixels, of any place; not empty
 * @throws UnmaskError `option-invalid` when the region is empty or absurdly far, the size is none, or `into` does not fit
 */
export function crop(frame: Frame, region: Region, size: Size, options: CropOptions = {}): Image {
  const data = check(region, size, options)
  let { across, down } = spansOf(frame, region, size)
  if (options.outside === 'black') {
    across = within(across, frame.width)
    down = within(down, frame.height)
    if (across.count * down.count < size.width * size.height) data.fill(0)
  }
  if (across.count > 0 && down.count > 0) sample(frame, across, down, data)
  return { width: size.width, height: size.height, data }
}

/** The smallest square around a whole picture, as detectors take it: `crop` it with `outside: 'black'`. */
export function squareAround(picture: Picture): Region {
  const { width, height } = displaySize(picture)
  const side = Math.max(width, height)
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side }
}

// A crop is made in one go, so all can use the same buffers.
const [layerY, layerU, layerV] = [new Layer(), new Layer(), new Layer()]

function sample(frame: Frame, across: Span, down: Span, into: Uint8Array<ArrayBuffer>): void {
  const { data, colour, width, height } = frame
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }
  const [y, u, v] = [0, width * height, width * height + half.width * half.height]
  layerY.prepare({ data, offset: y, stride: width }, frame, stretch(across), stretch(down))
  const halfAcross = chromaStretch(across, colour.chroma !== 'centre')
  const halfDown = chromaStretch(down, colour.chroma === 'top-left')
  layerU.prepare({ data, offset: u, stride: half.width }, half, halfAcross, halfDown)
  layerV.prepare({ data, offset: v, stride: half.width }, half, halfAcross, halfDown)
  const pixels = new Uint8ClampedArray(into.buffer, into.byteOffset, into.length)
  const converted = conversion(colour)
  for (let row = 0; row < down.count; row++) {
    const start = down.origin + row * down.step + across.origin
    writeRow(layerY.row(row), layerU.row(row), layerV.row(row), converted, across, start, pixels)
  }
}

function stretch({ start, length, count }: Span): Stretch {
  return { start, scale: length / count, count }
}

/** A chroma sample lies amid two pixels or on the first of them, a quarter of a sample earlier. */
function chromaStretch({ start, length, count }: Span, onFirst: boolean): Stretch {
  return { start: start / 2 + (onFirst ? 0.25 : 0), scale: length / count / 2, count }
}

/** Assigning to clamped bytes rounds to the nearest, halves to the even one, within 0 to 255. */
function writeRow(
  rowY: Float64Array,
  rowU: Float64Array,
  rowV: Float64Array,
  { black, luma, redV, greenU, greenV, blueU }: Conversion,
  { count, step }: Span,
  start: number,
  pixels: Uint8ClampedArray,
): void {
  let at = start | 0
  for (let i = 0; i < count; i = (i + 1) | 0, at = (at + step) | 0) {
    const y = luma * (rowY[i]! - black)
    const u = rowU[i]! - 128
    const v = rowV[i]! - 128
    pixels[at] = y + redV * v
    pixels[(at + 1) | 0] = y + greenU * u + greenV * v
    pixels[(at + 2) | 0] = y + blueU * u
  }
}

function check(region: Region, { width, height }: Size, { into }: CropOptions): Uint8Array<ArrayBuffer> {
  const reach = Math.max(Math.abs(region.x), Math.abs(region.y), region.width, region.height)
  if (!(region.width > 0 && region.height > 0 && reach <= farthest)) {
    throw new UnmaskError('option-invalid', `crop: no region can be ${JSON.stringify(region)}`)
  }
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new UnmaskError('option-invalid', `crop: no picture can be of ${width} x ${height} pixels`)
  }
  const data = into ?? new Uint8Array(3 * width * height)
  if (data.length !== 3 * width * height) {
    throw new UnmaskError('option-invalid', `crop: \`into\` has ${data.length} bytes, not ${3 * width * height}`)
  }
  return data
}
