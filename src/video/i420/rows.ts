import { UnmaskError } from '../../errors.ts'
import type { PlaneLayout } from '../planes.ts'
import type { Component } from './formats.ts'

/** @throws UnmaskError `video-damaged` when the plane ends before the last of `rows` x `columns` samples */
export function checkPlane(layout: PlaneLayout, component: Component, columns: number, rows: number): void {
  const plane = layout.planes[component.plane]
  if (!plane) throw new UnmaskError('video-damaged', `a ${layout.format} picture came without plane ${component.plane}`)
  const { data, offset = 0, stride } = plane
  const firstByte = offset + Math.min(0, stride * (rows - 1))
  const rowBytes = (component.first + component.step * (columns - 1) + 1) * bytesOf(layout)
  const end = offset + Math.max(0, stride * (rows - 1)) + rowBytes
  if (firstByte < 0 || end > data.length) {
    throw new UnmaskError(
      'video-damaged',
      `plane ${component.plane} of a ${layout.format} picture has ${data.length} bytes, not bytes ${firstByte} to ${end}`,
    )
  }
}

/** The samples of a row as they are stored, all bits. */
export function readRow(layout: PlaneLayout, component: Component, row: number, into: Uint16Array): void {
  const { data, offset = 0, stride } = layout.planes[component.plane]!
  const bytes = bytesOf(layout)
  const step = component.step * bytes
  const count = into.length
  let at = (offset + stride * row + component.first * bytes) | 0 // `| 0`: see sample/weigh.ts
  if (bytes === 1) {
    for (let i = 0; i < count; i = (i + 1) | 0, at = (at + step) | 0) into[i] = data[at]!
    return
  }
  const low = layout.bigEndian ? 1 : 0
  const high = 1 - low
  for (let i = 0; i < count; i = (i + 1) | 0, at = (at + step) | 0) {
    into[i] = data[(at + low) | 0]! | (data[(at + high) | 0]! << 8)
  }
}

function bytesOf(layout: PlaneLayout): 1 | 2 {
  return layout.bits === 8 ? 1 : 2
}
