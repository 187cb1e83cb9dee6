import { type Axis, scaleOf } from './axes.ts'
import { type FigureText, figure } from './figure.ts'
import { element, escapeMarkup, label } from './markup.ts'

/** One row: a number with its interval; null where unknown. */
export interface ForestRow {
  readonly name: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** Numbers with intervals below each other, e.g. of the parts of a data set. */
export interface Forest extends FigureText {
  readonly x: Axis
  readonly rows: readonly ForestRow[]
  /** A number to compare with, e.g. guessing. */
  readonly reference?: number
}

const [width, rowHeight] = [680, 24]
const area = { left: 205, right: 515 }
const longestName = 27

/** Intervals below each other, as SVG 680 wide; the first row, in bold, is the whole. */
export function forest({ title, description, x: axis, rows, reference }: Forest): string {
  const bottom = rows.length * rowHeight + 8
  const numbers = rows.flatMap(({ value, low, high }) => [value, low, high].filter((number) => number !== null))
  const x = scaleOf(axis, reference === undefined ? numbers : [...numbers, reference], area.left, area.right)
  const grid = x.ticks.map(({ value, text }) => {
    const line = element('line', { class: 'grid', x1: x(value), x2: x(value), y1: 4, y2: bottom })
    return line + (text && label(text, x(value), bottom + 16, { class: 'soft', 'text-anchor': 'middle' }))
  })
  const guess =
    reference === undefined
      ? ''
      : element('line', { class: 'reference', x1: x(reference), x2: x(reference), y1: 4, y2: bottom })
  const name = label(axis.label, (area.left + area.right) / 2, bottom + 34, { 'text-anchor': 'middle' })
  const drawn = rows.map((row, i) => drawRow(row, i, x))
  return figure({ title, description }, width, bottom + 44, grid.join('') + guess + name + drawn.join(''))
}

function drawRow({ name, value, low, high }: ForestRow, number: number, x: (value: number) => number): string {
  const y = number * rowHeight + 18
  const weight = number === 0 ? 'bold' : undefined
  const short = name.length > longestName ? `${name.slice(0, longestName - 1).trimEnd()}…` : name
  const full = element('title', {}, escapeMarkup(name))
  const words = element(
    'text',
    { x: area.left - 12, y: y + 4, 'text-anchor': 'end', 'font-weight': weight },
    escapeMarkup(short) + full,
  )
  const told = label(numberWords(value, low, high), area.right + 14, y + 4, { 'font-weight': weight })
  const interval =
    low === null || high === null
      ? ''
      : element('line', { class: 'whisker', x1: x(low), x2: x(high), y1: y, y2: y }) +
        [low, high]
          .map((end) => element('line', { class: 'whisker', x1: x(end), x2: x(end), y1: y - 4, y2: y + 4 }))
          .join('')
  const dot = value === null ? '' : element('circle', { class: 'dot', cx: x(value), cy: y, r: number === 0 ? 6 : 5 })
  return words + element('g', { class: 'series-1' }, interval + dot) + told
}

function numberWords(value: number | null, low: number | null, high: number | null): string {
  if (value === null) return '–'
  return low === null || high === null ? value.toFixed(3) : `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`
}
