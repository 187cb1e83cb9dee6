import { curveLinear, curveStepAfter, curveStepBefore, line } from 'd3-shape'
import { type Axis, drawAxes, isShown, scaleOf } from './axes.ts'
import { type FigureText, figure, seriesClass } from './figure.ts'
import { drawLegend } from './legend.ts'
import { element, label } from './markup.ts'

/** Points x, y in order; where one of them is no finite number the line has a gap. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** How points are joined; `step-before`: at the height of the point that comes. Default straight. */
  readonly shape?: 'straight' | 'step-before' | 'step-after'
  /** Something to compare with, e.g. guessing: thin, without a place among the series. */
  readonly reference?: boolean
}

/** Lines over two axes. */
export interface LineChart extends FigureText {
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

const curves = { straight: curveLinear, 'step-before': curveStepBefore, 'step-after': curveStepAfter }
const [width, height] = [480, 360]

/** A chart of lines, e.g. ROC curves or losses while training, as SVG of 480 x 360. */
export function lineChart({ title, description, x: xAxis, y: yAxis, series }: LineChart): string {
  const classes = classesOf(series)
  const legend = drawLegend(
    series.map(({ name }, i) => ({ name, class: classes[i]! })),
    56,
    width - 12,
  )
  const area = { left: 56, right: width - 24, top: legend.height + 8, bottom: height - 44 }
  const points = series.flatMap(({ points }) => points)
  const x = scaleOf(
    xAxis,
    points.map(([x]) => x),
    area.left,
    area.right,
  )
  const y = scaleOf(
    yAxis,
    points.map(([, y]) => y),
    area.bottom,
    area.top,
  )
  const drawn = series.map(({ points, shape = 'straight' }, i) => {
    const path = line<readonly [number, number]>()
      .x((point) => x(point[0]))
      .y((point) => y(point[1]))
      .defined((point) => isShown(xAxis, point[0]) && isShown(yAxis, point[1]))
      .curve(curves[shape])
      .digits(1)
    return element('path', { class: classes[i]!, d: path(points) ?? '' })
  })
  const empty = points.some(([x, y]) => isShown(xAxis, x) && isShown(yAxis, y))
    ? ''
    : label('nothing to show', (area.left + area.right) / 2, (area.top + area.bottom) / 2, { 'text-anchor': 'middle' })
  const axes = drawAxes(xAxis, x, yAxis, y, area)
  return figure({ title, description }, width, height, legend.markup + axes + drawn.join('') + empty)
}

function classesOf(series: readonly Series[]): string[] {
  let number = 0
  return series.map(({ reference }) => (reference ? 'reference' : `line ${seriesClass(number++)}`))
}
