import { scaleLinear, scaleLog } from 'd3-scale'
import { element, label } from './markup.ts'

/** One axis of a chart. */
export interface Axis {
  readonly label: string
  /** From and to; by default what the data need. */
  readonly domain?: readonly [number, number]
  /** On a logarithmic axis only numbers above 0 are shown. Default linear. */
  readonly scale?: 'linear' | 'log'
  /** Shares are shown in percent. */
  readonly percent?: boolean
}

/** Where the data are drawn, in units of the SVG. */
export interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** From numbers to places. */
export interface Scale {
  (value: number): number
  /** Numbers worth a line, with what to write there; empty for lines between. */
  readonly ticks: readonly { readonly value: number; readonly text: string }[]
}

/** @param values for the domain where the axis has none; not finite ones are passed over */
export function scaleOf(axis: Axis, values: Iterable<number>, from: number, to: number): Scale {
  const shown = [...values].filter((value) => isShown(axis, value))
  const [low, high] = axis.domain ?? extent(shown)
  const scale = (axis.scale === 'log' ? scaleLog() : scaleLinear()).domain([low, high]).range([from, to])
  if (!axis.domain) scale.nice()
  const count = Math.max(Math.round(Math.abs(to - from) / 70), 2)
  const format = scale.tickFormat(count, formatOf(axis, low, high))
  const ticks = scale
    .ticks(count)
    .map((value) => ({ value, text: format(value).replace('%', ' %').replace('0e+0', '0') }))
  return Object.assign((value: number) => scale(value), { ticks })
}

/** How numbers are written beside an axis, for d3-format; numbers like 0.00035 would reach into the axis's name. */
function formatOf({ percent, scale }: Axis, low: number, high: number): string | undefined {
  if (percent) return '~%'
  if (scale === 'log') return '~g'
  return Math.max(Math.abs(low), Math.abs(high)) < 0.01 ? '~e' : undefined
}

/** Whether an axis has a place for the number. */
export function isShown(axis: Axis, value: number): boolean {
  return Number.isFinite(value) && (axis.scale !== 'log' || value > 0)
}

function extent(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0.1, 1]
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  if (low < high) return [low, high]
  const reach = Math.abs(low) / 2 || 1
  return [low - reach, low + reach]
}

/** Grid, numbers and names of both axes. */
export function drawAxes(xAxis: Axis, x: Scale, yAxis: Axis, y: Scale, { left, right, top, bottom }: Area): string {
  const upright = x.ticks.map(({ value, text }) => {
    const line = element('line', { class: 'grid', x1: x(value), x2: x(value), y1: top, y2: bottom })
    return line + (text && label(text, x(value), bottom + 16, { class: 'soft', 'text-anchor': 'middle' }))
  })
  const level = y.ticks.map(({ value, text }) => {
    const line = element('line', { class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value) })
    return line + (text && label(text, left - 6, y(value) + 4, { class: 'soft', 'text-anchor': 'end' }))
  })
  const middle = (top + bottom) / 2
  return [
    ...upright,
    ...level,
    element('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom }),
    label(xAxis.label, (left + right) / 2, bottom + 34, { 'text-anchor': 'middle' }),
    label(yAxis.label, 13, middle, { 'text-anchor': 'middle', transform: `rotate(-90 13 ${middle})` }),
  ].join('')
}
