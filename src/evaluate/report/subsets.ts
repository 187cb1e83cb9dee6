import { number, paragraph, path, section, tableOf, text } from '../../page/html.ts'
import { forest } from '../../plot/forest.ts'
import { element } from '../../plot/markup.ts'
import type { Evaluation } from '../evaluation.ts'
import { againstWords } from '../words.ts'
import { estimateCell } from './estimate-cell.ts'

/** The subsets, in numbers and as a plot; empty where there is but one. */
export function subsets({ subsets, video }: Evaluation): string {
  const parts = Object.entries(subsets)
  if (parts.length < 2) return ''
  const rows = parts.map(([name, { video, failed, against }]) => [
    path(name),
    text(againstWords[against]),
    number(video.count.real),
    number(video.count.fake),
    number(failed.real + failed.fake),
    estimateCell('auc', video.auc),
    estimateCell('eer', video.eer),
    estimateCell('truePositiveRate', video.truePositiveRate),
    estimateCell('falsePositiveRate', video.falsePositiveRate),
  ])
  const measured = parts.filter(([, { video }]) => video.auc.value !== null)
  const plot = forest({
    title: 'AUC of each subset',
    description: `AUC of all videos and of ${measured.length} subsets, with 95 % intervals.`,
    x: { label: 'AUC of videos (dotted: guessing)' },
    rows: [{ name: 'all', ...video.auc }, ...measured.map(([name, { video }]) => ({ name, ...video.auc }))],
    reference: 0.5,
  })
  return section('Subsets', [
    paragraph(
      'A subset with both classes is measured within itself. One that holds fakes only is measured against all reals of the evaluation, as is usual for a forging method. One that holds reals only has false alarms, and nothing else.',
      'soft',
    ),
    tableOf(
      'Videos of each subset; rates at the threshold of the model',
      ['subset', 'against', 'real', 'fake', 'failed', 'AUC', 'equal error rate', 'fakes found', 'false alarms'],
      rows,
    ),
    measured.length === 0 ? '' : element('figure', {}, plot),
  ])
}
