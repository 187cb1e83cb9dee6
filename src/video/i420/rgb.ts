import type { Image } from '../image.ts'
import type { PlaneLayout } from '../planes.ts'
import { type Component, formats } from './formats.ts'
import { checkPlane, readRow } from './rows.ts'

/** The colours of an RGB or palette picture, deeper ones reduced to 8 bits. */
export function imageOf(layout: PlaneLayout, width: number, height: number): Image {
  const { components } = formats[layout.format]
  for (const component of components) checkPlane(layout, component, width, height)
  const data = new Uint8Array(3 * width * height)
  const into = { width, height, data }
  if (layout.format === 'palette') lookUp(layout, components[0], into)
  else for (const [channel, component] of components.entries()) take(layout, component, channel, into)
  return into
}

function take(layout: PlaneLayout, component: Component, channel: number, { width, height, data }: Image): void {
  const shift = layout.bits - 8
  const half = (1 << shift) >> 1
  const row = new Uint16Array(width)
  let at = channel
  for (let y = 0; y < height; y++) {
    readRow(layout, component, y, row)
    for (let x = 0; x < width; x++, at += 3) data[at] = Math.min(255, (row[x]! + half) >> shift)
  }
}

function lookUp(layout: PlaneLayout, numbers: Component, { width, height, data }: Image): void {
  checkPlane(layout, { plane: 1, first: 0, step: 1 }, 4 * 256, 1)
  const { data: palette, offset = 0 } = layout.planes[1]!
  const row = new Uint16Array(width)
  let at = 0
  for (let y = 0; y < height; y++) {
    readRow(layout, numbers, y, row)
    for (let x = 0; x < width; x++) {
      const entry = offset + 4 * row[x]!
      data[at++] = palette[entry + 2]!
      data[at++] = palette[entry + 1]!
      data[at++] = palette[entry]!
    }
  }
}
