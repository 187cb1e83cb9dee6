import { number, paragraph, section, tableOf, text } from '../../page/html.ts'
import { lineChart } from '../../plot/line-chart.ts'
import { element } from '../../plot/markup.ts'
import type { Evaluation } from '../evaluation.ts'
import { type MetricName, metrics } from '../metrics/table.ts'
import { perturbationLevels } from '../perturb/kinds.ts'
import { estimateCell } from './estimate-cell.ts'

type Perturbations = NonNullable<Evaluation['perturbations']>

const levels = perturbationLevels.map(String)

/** The same videos, perturbed; empty where that was not measured. */
export function robustness({ perturbations, video }: Evaluation): string {
  if (!perturbations) return ''
  const plot = lineChart({
    title: 'AUC of perturbed videos',
    description: 'AUC of videos against the level of each perturbation; level 0 is as they are.',
    x: { label: 'level', domain: [0, 5] },
    y: { label: 'AUC of videos' },
    series: Object.entries(perturbations).map(([name, cells]) => ({
      name,
      points: [[0, video.auc.value ?? Number.NaN], ...levels.map((level) => pointOf(cells, level))],
    })),
  })
  return section('Robustness', [
    paragraph(
      'All videos, real and fake, perturbed in the same way. A detector that calls damaged reals fake has more false alarms, even where its AUC lasts.',
      'soft',
    ),
    element('figure', {}, plot),
    cellTable('auc', perturbations, video),
    cellTable('falsePositiveRate', perturbations, video),
  ])
}

function pointOf(cells: Perturbations[string], level: string): [number, number] {
  return [Number(level), cells[level]?.video.auc.value ?? Number.NaN]
}

function cellTable(name: MetricName, perturbations: Perturbations, clean: Evaluation['video']): string {
  const none = { value: null, low: null, high: null }
  const rows = Object.entries(perturbations).map(([kind, cells]) => {
    const lost = Object.values(cells).reduce((sum, { failed }) => sum + failed.real + failed.fake, 0)
    const measured = levels.map((level) => estimateCell(name, cells[level]?.video[name] ?? none))
    return [text(kind), estimateCell(name, clean[name]), ...measured, number(lost)]
  })
  const caption = `${metrics[name].title} of videos, by level, with 95 % intervals`
  return tableOf(caption, ['perturbation', 'as they are', ...levels, 'failed'], rows)
}
