import { area as areaShape, curveStepAfter, line } from 'd3-shape'
import { drawAxes, scaleOf } from './axes.ts'
import { type FigureText, figure, seriesClass } from './figure.ts'
import { drawLegend } from './legend.ts'
import { element, label } from './markup.ts'

/** How values of 0 to 1 are spread, class by class. */
export interface Histogram extends FigureText {
  readonly xLabel: string
  readonly classes: readonly { readonly name: string; readonly values: readonly number[] }[]
  /** A value marked by an upright line, e.g. a threshold. */
  readonly mark?: { readonly value: number; readonly name: string }
  /** Default 20. */
  readonly bins?: number
}

const [width, height] = [480, 360]

/** Histograms laid over each other, each the shares of its own class, so that a rare class is seen too. SVG of 480 x 360. */
export function histogram({ title, description, xLabel, classes, mark, bins = 20 }: Histogram): string {
  const shares = classes.map(({ values }) => sharesOf(values, bins))
  const legend = drawLegend(
    classes.map(({ name }, i) => ({ name, class: `line ${seriesClass(i)}` })),
    56,
    width - 12,
  )
  const area = { left: 56, right: width - 24, top: legend.height + (mark ? 20 : 8), bottom: height - 44 }
  const [xAxis, yAxis] = [
    { label: xLabel, domain: [0, 1] as const },
    { label: 'share of the class', percent: true },
  ]
  const x = scaleOf(xAxis, [], area.left, area.right)
  const y = scaleOf(yAxis, [0, 0.01, ...shares.flat()], area.bottom, area.top)
  const drawn = shares.map((heights, i) => {
    // The last height again, so that the last bin has its width.
    const points = [...heights, heights.at(-1)!].map((share, bin) => [x(bin / bins), y(share)] as const)
    const outline = line<readonly [number, number]>().curve(curveStepAfter).digits(1)
    const fill = areaShape<readonly [number, number]>().y0(area.bottom).curve(curveStepAfter).digits(1)
    return (
      element('path', { class: `area ${seriesClass(i)}`, d: fill(points.map(([x, y]) => [x, y]))! }) +
      element('path', { class: `line ${seriesClass(i)}`, d: outline(points.map(([x, y]) => [x, y]))! })
    )
  })
  const marked = mark
    ? element('line', { class: 'axis', x1: x(mark.value), x2: x(mark.value), y1: area.top - 4, y2: area.bottom }) +
      label(mark.name, x(mark.value), area.top - 8, { 'text-anchor': mark.value > 0.8 ? 'end' : 'middle' })
    : ''
  return figure(
    { title, description },
    width,
    height,
    legend.markup + drawAxes(xAxis, x, yAxis, y, area) + drawn.join('') + marked,
  )
}

function sharesOf(values: readonly number[], bins: number): number[] {
  const shares = Array<number>(bins).fill(0)
  for (const value of values) shares[Math.min(Math.floor(value * bins), bins - 1)]! += 1 / values.length
  return shares
}
