import { replaceFile } from '../../files/replace.ts'
import { paragraph, section } from '../../page/html.ts'
import { htmlPage } from '../../page/page.ts'
import type { Axis } from '../../plot/axes.ts'
import { plotStyle } from '../../plot/figure.ts'
import { lineChart, type Series } from '../../plot/line-chart.ts'
import { element, escapeMarkup } from '../../plot/markup.ts'
import { type MetricsLine, readMetrics } from './metrics-log.ts'
import type { RunFolder } from './run-folder.ts'

type Training = Extract<MetricsLine, { kind: 'train' }>
type Validation = Extract<MetricsLine, { kind: 'validation' }>

const style = `.charts { display: flex; flex-wrap: wrap; gap: 1rem; }`

/** Draws the curves of a run from its metrics. @throws UnmaskError `file-access` */
export async function writeCurves({ metrics, curves, path }: RunFolder): Promise<void> {
  await replaceFile(curves, new TextEncoder().encode(curvesPage(path, await readMetrics(metrics))))
}

/** One HTML page without scripts: losses, validation and pace of each stage. */
export function curvesPage(title: string, lines: readonly MetricsLine[]): string {
  const stages = [...new Map(lines.map(({ stageIndex, stage }) => [stageIndex, stage]))].sort(([a], [b]) => a - b)
  const sections = stages.map(([index, name]) => {
    return section(`Stage ${index + 1}: ${name}`, [
      charts(
        name,
        lines.filter(({ stageIndex }) => stageIndex === index),
      ),
    ])
  })
  const heading = element('header', {}, element('h1', {}, escapeMarkup(`Training: ${title}`)))
  const body = heading + element('main', {}, sections.join('') || paragraph('Nothing was measured yet.'))
  return htmlPage({ title: `Training: ${title}`, style: style + plotStyle, body })
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
  return element('figure', {}, element('figcaption', {}, element('b', {}, escapeMarkup(what))) + drawn)
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
