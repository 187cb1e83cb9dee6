import { drawAxes, scaleOf } from './axes.ts'
import { type FigureText, figure } from './figure.ts'
import { drawLegend } from './legend.ts'
import { element } from './markup.ts'

/** Some samples of like probability. */
export interface ReliabilityPoint {
  /** Mean probability, 0 to 1. */
  readonly probability: number
  /** How often it came true, 0 to 1, with the interval of that. */
  readonly share: number
  readonly low: number
  readonly high: number
  /** How many samples. */
  readonly weight: number
}

/** Whether probabilities come true. */
export interface Reliability extends FigureText {
  readonly xLabel: string
  readonly yLabel: string
  readonly points: readonly ReliabilityPoint[]
}

const [width, height] = [480, 360]

/** A reliability diagram: on the diagonal what is said comes true; larger dots are more samples. SVG of 480 x 360. */
export function reliability({ title, description, xLabel, yLabel, points }: Reliability): string {
  const entries = [
    { name: 'measured, with 95 % interval', class: 'line series-1' },
    { name: 'perfect', class: 'reference' },
  ]
  const legend = drawLegend(entries, 56, width - 12)
  const area = { left: 56, right: width - 24, top: legend.height + 8, bottom: height - 44 }
  const [xAxis, yAxis] = [
    { label: xLabel, domain: [0, 1] as const },
    { label: yLabel, domain: [0, 1] as const },
  ]
  const [x, y] = [scaleOf(xAxis, [], area.left, area.right), scaleOf(yAxis, [], area.bottom, area.top)]
  const most = Math.max(...points.map(({ weight }) => weight), 1)
  const drawn = points.map(({ probability, share, low, high, weight }) => {
    const place = x(probability)
    const interval = element('line', { class: 'whisker', x1: place, x2: place, y1: y(low), y2: y(high) })
    return interval + element('circle', { class: 'dot', cx: place, cy: y(share), r: 3 + 6 * Math.sqrt(weight / most) })
  })
  const diagonal = element('line', { class: 'reference', x1: x(0), y1: y(0), x2: x(1), y2: y(1) })
  const data = element('g', { class: 'series-1' }, drawn.join(''))
  return figure(
    { title, description },
    width,
    height,
    legend.markup + drawAxes(xAxis, x, yAxis, y, area) + diagonal + data,
  )
}
