import { displaySize, type Picture } from '../frame.ts'
import type { Region, Size } from '../image.ts'

/** One axis of a crop: a stretch of the picture, and where its samples go in the result. */
export interface Span {
  /** In pixels of the picture along this axis; the stretch may begin and end beyond it. */
  readonly start: number
  readonly length: number
  /** Samples of the result, spread evenly. */
  readonly count: number
  /** Where the first of them goes and how far it is to the next, which may be backwards. */
  readonly origin: number
  readonly step: number
}

/**
 * A region of the picture as it is shown, along the two axes of the picture as it is stored. The result is RGB, of `size`
 * as shown: turning and mirroring is a matter of where samples go.
 */
export function spansOf(picture: Picture, region: Region, size: Size): { readonly across: Span; readonly down: Span } {
  const shown = displaySize(picture)
  const x: Span = { start: region.x, length: region.width, count: size.width, origin: 0, step: 3 }
  const y: Span = { start: region.y, length: region.height, count: size.height, origin: 0, step: 3 * size.width }
  const mirrored = picture.flip ? reversed(x, shown.width) : x
  const [across, down] = turnedBack(mirrored, y, picture.rotation, shown)
  const squareWidth = displaySize({ ...picture, rotation: 0 }).width
  const narrowing = picture.width / squareWidth
  return { across: { ...across, start: across.start * narrowing, length: across.length * narrowing }, down }
}

function turnedBack(x: Span, y: Span, rotation: Picture['rotation'], shown: Size): readonly [across: Span, down: Span] {
  switch (rotation) {
    case 0:
      return [x, y]
    case 90:
      return [y, reversed(x, shown.width)]
    case 180:
      return [reversed(x, shown.width), reversed(y, shown.height)]
    case 270:
      return [reversed(y, shown.height), x]
  }
}

function reversed(span: Span, extent: number): Span {
  const { start, length, count, origin, step } = span
  return { start: extent - start - length, length, count, origin: origin + (count - 1) * step, step: -step }
}

/** The part of a span whose samples lie within a picture of `extent` pixels. */
export function within(span: Span, extent: number): Span {
  const scale = span.length / span.count
  const clamped = (sample: number) => Math.min(Math.max(sample, 0), span.count)
  const from = clamped(Math.ceil(-span.start / scale - 0.5))
  const to = clamped(Math.ceil((extent - span.start) / scale - 0.5))
  const count = Math.max(to - from, 0)
  return {
    start: span.start + from * scale,
    length: count * scale,
    count,
    origin: span.origin + from * span.step,
    step: span.step,
  }
}
