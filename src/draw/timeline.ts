import type { Image, Region } from '../video/image.ts'
import type { Rgb } from './image.ts'
import { fillRectangle } from './shapes.ts'
import { drawText, measureText } from './text.ts'

/** When something is present. */
export interface Lane {
  readonly label: string
  readonly colour: Rgb
  readonly spans: readonly (readonly [startSeconds: number, endSeconds: number])[]
}

const laneHeight = 20
const barHeight = 14
const axisHeight = 26
const textScale = 2
const labelWidth = 60
const line: Rgb = [58, 62, 70]
const ground: Rgb = [38, 41, 47]
const words: Rgb = [170, 175, 185]

/** Pixels that a timeline of so many lanes is high. */
export function timelineHeight(lanes: number): number {
  return lanes * laneHeight + axisHeight
}

/** Draws lanes below each other over a common axis of time. */
export function drawTimeline(
  image: Image,
  { x, y, width }: Pick<Region, 'x' | 'y' | 'width'>,
  lanes: readonly Lane[],
  durationSeconds: number,
): void {
  const start = x + labelWidth
  const span = width - labelWidth
  const at = (seconds: number) => start + (span * Math.min(seconds, durationSeconds)) / durationSeconds
  const bottom = y + lanes.length * laneHeight
  const marks = timeTicks(durationSeconds, span / 110)
  const fractional = marks.some((seconds) => !Number.isInteger(seconds))
  for (const seconds of marks) {
    fillRectangle(image, { x: at(seconds), y, width: 1, height: bottom - y + 4 }, line)
    const label = clock(seconds, fractional ? 1 : 0)
    const { width: labelled } = measureText(label, textScale)
    const left = Math.min(Math.max(at(seconds) - labelled / 2, start), start + span - labelled)
    drawText(image, label, left, bottom + 8, { colour: words, scale: textScale })
  }
  for (const [i, { label, colour, spans }] of lanes.entries()) {
    const top = y + i * laneHeight
    drawText(image, label, x, top, { colour, scale: textScale })
    fillRectangle(image, { x: start, y: top, width: span, height: barHeight }, ground, 0.6)
    for (const [from, to] of spans) {
      fillRectangle(image, { x: at(from), y: top, width: Math.max(at(to) - at(from), 2), height: barHeight }, colour)
    }
  }
}

/** Steps of time that people count in, in seconds. */
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400]

/** Times from 0 on that are worth a mark, in seconds. @param most how many, but for that of 0 */
export function timeTicks(durationSeconds: number, most: number): number[] {
  const step = steps.find((step) => durationSeconds / step <= most) ?? durationSeconds
  return Array.from({ length: Math.floor(durationSeconds / step + 1e-9) + 1 }, (_, i) => i * step)
}

/** A time as players show it: 1:02:03, or 0:05.2 with a digit after the point. */
export function clock(seconds: number, digits: 0 | 1 = 0): string {
  const tenths = digits === 0 ? Math.round(seconds) * 10 : Math.round(seconds * 10)
  const pad = (value: number) => `${value}`.padStart(2, '0')
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60]
  const rest = pad(Math.floor(tenths / 10) % 60) + (digits === 0 ? '' : `.${tenths % 10}`)
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`
}
