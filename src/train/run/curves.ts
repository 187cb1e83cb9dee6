import { replaceFile } from '../../files/replace.ts'
import type { Axis } from '../../plot/axes.ts'
import { plotStyle } from '../../plot/figure.ts'
import { lineChart, type Series } from '../../plot/line-chart.ts'
import { element, escapeMarkup } from '../../plot/markup.ts'
import { type MetricsLine, readMetrics } from './metrics-log.ts'
import type { RunFolder } from './run-folder.ts'

type Training = Extract<MetricsLine, { kind: 'train' }>
type Validation = Extract<MetricsLine, { kind: 'validation' }>

const pageStyle = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #24292f; background: #fff; }
section { display: flow-root; }
.charts { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; }
figcaption { font-weight: 600; }
@media screen and (prefers-color-scheme: dark) { body { color: #e6e9ec; background: #14181c; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`

/** Draws the curves of a run from its metrics. @throws UnmaskError `file-access` */
export async function writeCurves({ metrics, curves, path }: RunFolder): Promise<void> {
  await replaceFile(curves, new TextEncoder().encode(curvesPage(path, await readMetrics(metrics))))
}

/** One HTML page without scripts: losses, validation and pace of each stage. */
export function curvesPage(title: string, lines: readonly MetricsLine[]): string {
  const stages = [...new Map(lines.map(({ stageIndex, stage }) => [stageIndex, stage]))].sort(([a], [b]) => a - b)
  const sections = stages.map(([index, name]) => {
    const own = lines.filter(({ stageIndex }) => stageIndex === index)
    return element('section', {}, element('h2', {}, escapeMarkup(`Stage ${index + 1}: ${name}`)) + charts(name, own))
  })
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Training: ${escapeMarkup(title)}</title><style>${pageStyle}${plotStyle}</style>`
  const body = `<main><h1>Training: ${escapeMarkup(title)}</h1>${sections.join('') || '<p>Nothing was measured yet.</p>'}</main>`
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body>${body}</body></html>\n`
}

function charts(stage: string, lines: readonly MetricsLine[]): string {
  const training = lines.filter((line) => line.kind === 'train')
  const validations = lines.filter((line) => line.kind === 'validation')
  const drawn = [
    // parts before their weights lie orders of magnitude apart
    chart(stage, 'Losses', { label: 'each part before its weight', scale: 'log' }, lossSeries(training)),
    chart(stage, 'Right in training', { label: 'share of clips or frames', percent: true }, [
      meanSeries(training, 'accuracy', 'right'),
    ]),
    validations.some(({ auc }) => Object.keys(auc).length > 0) &&
      chart(stage, 'Validation', { label: 'video AUC' }, aucSeries(validations)),
    chart(stage, 'Learning rate', { label: 'of the whole network' }, [series('rate', training, ({ rate }) => rate)]),
    chart(stage, 'Pace', { label: 'clips or frames a second' }, [
      series('a second', training, ({ perSecond }) => perSecond),
    ]),
    chart(stage, 'Waiting', { label: 'share of the time', percent: true }, [
      series('for batches', training, ({ waiting }) => waiting),
    ]),
  ]
  return element('div', { class: 'charts' }, drawn.filter((one) => one !== false).join(''))
}

function chart(stage: string, what: string, y: Axis, series: readonly Series[]): string {
  const drawn = lineChart({
    title: `${what}, stage ${stage}`,
    description: `${what} (${y.label}) by steps of the stage`,
    x: { label: 'steps' },
    y,
    series,
  })
  return element('figure', {}, element('figcaption', {}, escapeMarkup(what)) + drawn)
}

function lossSeries(lines: readonly Training[]): Series[] {
  const names = Object.keys(lines[0]?.means ?? {}).filter((name) => name.startsWith('loss'))
  return names.map((name) => meanSeries(lines, name, name === 'loss' ? 'all, weighted' : name.replace('loss.', '')))
}

function aucSeries(lines: readonly Validation[]): Series[] {
  const sets = Object.keys(lines[0]?.auc ?? {})
  return sets.map((name) => series(name, lines, ({ auc }) => auc[name] ?? Number.NaN))
}

function meanSeries(lines: readonly Training[], mean: string, name: string): Series {
  return series(name, lines, ({ means }) => means[mean] ?? Number.NaN)
}

function series<Line extends MetricsLine>(name: string, lines: readonly Line[], value: (line: Line) => number): Series {
  return { name, points: lines.map((line) => [line.step, value(line)] as const) }
}
