import { type Attributes, element, escapeMarkup } from './markup.ts'

/** What every chart has. */
export interface FigureText {
  /** Also names the chart to those who do not see it; has to be unique within a page. */
  readonly title: string
  /** What is to be seen, for those who do not see it. */
  readonly description: string
}

/** Frames a chart. @param content SVG within `width` x `height` */
export function figure(text: FigureText, width: number, height: number, content: string): string {
  return frame(text, { viewBox: `0 0 ${width} ${height}`, width, height }, content)
}

/**
 * Frames a chart that is as wide as its place, with texts of the same size everywhere.
 * @param content SVG whose places across are shares of the width (`across`)
 */
export function fluidFigure(text: FigureText, height: number, content: string): string {
  return frame(text, { width: '100%', style: `height: ${height}px; overflow: visible` }, content)
}

/** A place across a fluid chart. @param share of its width */
export const across = (share: number): string => `${Math.round(10_000 * share) / 100}%`

function frame({ title, description }: FigureText, size: Attributes, content: string): string {
  const id = `plot-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
  const attributes = {
    class: 'plot',
    xmlns: 'http://www.w3.org/2000/svg',
    ...size,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-description`,
  }
  const words =
    element('title', { id: `${id}-title` }, escapeMarkup(title)) +
    element('desc', { id: `${id}-description` }, escapeMarkup(description))
  return element('svg', attributes, words + content)
}

/**
 * The style of all charts, once for each page that shows them. Colours are those of Okabe and Ito, darker or brighter as the
 * ground needs: at least 3 to 1 against it.
 */
export const plotStyle = `
.plot {
  --plot-ink: #24292f; --plot-soft: #57606a; --plot-grid: #e3e6ea; --plot-ground: #ffffff;
  --plot-1: #0067a5; --plot-2: #c44f00; --plot-3: #00805e; --plot-4: #a8487f; --plot-5: #8a6500; --plot-6: #5b5bc7;
  max-width: 100%; height: auto; font: 12px system-ui, sans-serif; fill: var(--plot-ink); background: var(--plot-ground);
}
@media screen and (prefers-color-scheme: dark) {
  .plot {
    --plot-ink: #e6e9ec; --plot-soft: #a5adb6; --plot-grid: #30363d; --plot-ground: #14181c;
    --plot-1: #56b4e9; --plot-2: #f58a3c; --plot-3: #2fc79a; --plot-4: #e08ab8; --plot-5: #e6b94a; --plot-6: #a3a3f5;
  }
}
.plot .grid { stroke: var(--plot-grid); }
.plot .axis { stroke: var(--plot-soft); }
.plot .soft { fill: var(--plot-soft); }
.plot .reference { fill: none; stroke: var(--plot-soft); stroke-dasharray: 2 4; }
.plot .line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.plot .area { fill: currentColor; fill-opacity: 0.3; stroke: none; }
.plot .dot { fill: currentColor; stroke: var(--plot-ground); }
.plot .whisker { stroke: currentColor; stroke-width: 2; }
.plot .dash-2 { stroke-dasharray: 7 3; }
.plot .dash-3 { stroke-dasharray: 2 2; }
.plot .dash-4 { stroke-dasharray: 9 3 2 3; }
${[1, 2, 3, 4, 5, 6].map((number) => `.plot .series-${number} { color: var(--plot-${number}); }`).join('\n')}
`

/** The class of the series with this number, from 0: told apart by colour, and without colours by dashes. */
export function seriesClass(number: number): string {
  return `series-${1 + (number % 6)} dash-${1 + (number % 4)}`
}

/** A chart as a file of its own. */
export function svgFile(chart: string): string {
  const [, opening, content] = chart.match(/^(<svg[^>]*>)(.*)$/s)!
  return `<?xml version="1.0" encoding="UTF-8"?>\n${opening}<style>${plotStyle}</style>${content}\n`
}
