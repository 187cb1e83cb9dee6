import type { Evaluation } from '../../evaluate/evaluation.ts'
import type { MetricName } from '../../evaluate/metrics/table.ts'
import { perturbationLevels } from '../../evaluate/perturb/kinds.ts'
import { againstWords, intervalText, metricText, undefinedMark } from '../../evaluate/words.ts'
import { countText } from '../../words.ts'
import { table } from '../text.ts'

/** Of videos that failed, so many are named. */
const mostFailures = 10

/** What an evaluation found, for people to read. */
export function evaluationLines(evaluation: Evaluation): string[] {
  return [
    ...subsetTable(evaluation),
    '',
    ...robustnessTable(evaluation),
    ...localisationTable(evaluation),
    ...failureLines(evaluation.failures, 'be scored'),
    ...failureLines(evaluation.localisation?.failures ?? [], 'be localised'),
  ]
}

type Row = Pick<Evaluation, 'video' | 'failed'>

const columns: readonly { readonly heading: string; readonly name: MetricName }[] = [
  { heading: 'EER', name: 'eer' },
  { heading: 'fakes found', name: 'truePositiveRate' },
  { heading: 'false alarms', name: 'falsePositiveRate' },
]

function subsetTable({ video, failed, subsets }: Evaluation): string[] {
  const cells = (name: string, against: string, { video, failed }: Row) => [
    name,
    against,
    `${video.count.real}`,
    `${video.count.fake}`,
    `${failed.real + failed.fake}`,
    metricText('auc', video.auc.value),
    intervalText('auc', video.auc) || undefinedMark,
    ...columns.map(({ name }) => metricText(name, video[name].value)),
  ]
  const headings = [
    'videos',
    'against',
    'real',
    'fake',
    'failed',
    'AUC',
    '95 % interval',
    ...columns.map(({ heading }) => heading),
  ]
  const rows = Object.entries(subsets).map(([name, subset]) => cells(name, againstWords[subset.against], subset))
  return table([headings, cells('all', '', { video, failed }), ...(rows.length > 1 ? rows : [])], headings.length - 2)
}

/** AUC of videos, by kind and level. */
function robustnessTable({ video, perturbations }: Evaluation): string[] {
  if (!perturbations) return []
  const auc = (value: number | null | undefined) => metricText('auc', value ?? null)
  const rows = Object.entries(perturbations).map(([kind, levels]) => {
    const values = perturbationLevels.map((level) => levels[level]?.video.auc.value)
    const lost = Object.values(levels).reduce((sum, { failed }) => sum + failed.real + failed.fake, 0)
    return [kind, auc(video.auc.value), ...values.map(auc), `${lost}`]
  })
  const headings = ['AUC of videos', 'clean', ...perturbationLevels.map((level) => `level ${level}`), 'failed']
  return [...table([headings, ...rows], headings.length - 1), '']
}

/** Shares of frames, of the fakes with masks. */
function localisationTable({ localisation }: Evaluation): string[] {
  if (!localisation) return []
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const { maps, chance, videos, frames } = localisation
  const rows = Object.entries(maps).map(([name, { pointing, pointingExact, overlap, threshold, head }]) => [
    head === undefined ? name : `${name} (${head})`,
    ...[pointing, pointingExact, overlap].map(({ value }) => percent(value)),
    threshold.toFixed(2),
  ])
  const guessing = ['guessing', percent(chance.pointing), percent(chance.pointingExact), percent(chance.overlap), '']
  const headings = ['evidence', 'pointing', 'exactly', 'overlap', 'at']
  const about = `on what was forged, in ${countText(frames, 'frame')} of ${countText(videos, 'fake')} with masks:`
  return [about, ...table([headings, ...rows, guessing], headings.length - 1), '']
}

function failureLines(failures: readonly { path: string; reason: string; message: string }[], what: string): string[] {
  if (failures.length === 0) return []
  const named = failures.slice(0, mostFailures)
  const rows = named.map(({ path, reason, message }) => [`  ${path}`, reason, message.split('\n')[0]!])
  const more = failures.length - named.length
  return [
    `${countText(failures.length, 'video')} could not ${what}:`,
    ...table(rows),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}
