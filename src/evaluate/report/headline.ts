import { number, paragraph, section, tableOf, text } from '../../page/html.ts'
import { element, escapeMarkup } from '../../plot/markup.ts'
import { countText } from '../../words.ts'
import { type Evaluation, levelNames } from '../evaluation.ts'
import { type MetricName, metricNames, metrics } from '../metrics/table.ts'
import { intervalText, metricText } from '../words.ts'
import { estimateCell } from './estimate-cell.ts'

const shown: readonly MetricName[] = [
  'auc',
  'balancedAccuracy',
  'eer',
  'truePositiveRate',
  'falsePositiveRate',
  'tprAtFpr5',
]

/** The figures to look at first, with what they say. */
export function headline(evaluation: Evaluation): string {
  const { video, threshold } = evaluation
  const cards = shown.map((name) => {
    const interval = intervalText(name, video[name])
    const parts = [
      element('span', { class: 'name' }, escapeMarkup(metrics[name].title)),
      element('strong', {}, escapeMarkup(metricText(name, video[name].value))),
      element('span', { class: 'interval' }, interval ? `95 % interval ${escapeMarkup(interval)}` : 'no interval'),
      paragraph(metrics[name].meaning),
    ]
    return element('li', { 'data-metric': name }, parts.join('\n'))
  })
  return section('Whole videos', [
    paragraph(`The threshold of the model is ${threshold}: from this probability on it calls a video fake.`),
    ...cautions(evaluation).map((words) => paragraph(words, 'warn')),
    element('ul', { class: 'figures' }, cards.join('\n')),
    paragraph(
      `An interval holds the value that many more videos of this kind would give, in 95 of 100 such evaluations. It comes from ${countText(evaluation.bootstrap.replicates, 'bootstrap sample')} of whole videos. Two models are not told apart by looking whether their intervals overlap: use unmask compare.`,
      'soft',
    ),
  ])
}

/** What a reader could overlook. */
function cautions({ video, failed }: Evaluation): string[] {
  const { real, fake } = video.count
  const failures = failed.real + failed.fake
  const words: string[] = []
  if (real === 0 || fake === 0) {
    words.push(`There are ${real === 0 ? 'no real' : 'no fake'} videos, so most of what follows is undefined.`)
  } else if (Math.min(real, fake) < 50) {
    const counts = `${countText(real, 'real')} and ${countText(fake, 'fake')}`
    words.push(`With ${counts} all figures are rough, and intervals narrower than they should be.`)
  } else if (real < 100) {
    words.push(`With ${countText(real, 'real')}, “at 1 % false alarms” means none at all.`)
  }
  if (video.auc.value === 1) {
    words.push(
      'Reals and fakes are fully apart here. The interval of a perfect value has no width, but more videos may hold errors.',
    )
  }
  if (failures > 0) {
    const all = real + fake + failures
    words.push(
      `Of ${countText(all, 'video')} ${countText(failures, 'has no score and is', 'have no score and are')} in no figure (${failed.real} real, ${failed.fake} fake).`,
    )
  }
  return words
}

/** Every metric, of clips, faces and videos. */
export function allMetrics(evaluation: Evaluation): string {
  const counts = levelNames.map((level) => {
    const { real, fake } = evaluation[level].count
    return number(`${real} + ${fake}`)
  })
  const rows = metricNames.map((name) => [
    { ...text(metrics[name].title), class: `metric-${name}` },
    ...levelNames.map((level) => estimateCell(name, evaluation[level][name])),
    text(metrics[name].better),
  ])
  return section('All metrics', [
    tableOf(
      'Each clip, each face and each video as a sample; 95 % intervals',
      ['metric', 'clips', 'faces', 'videos', 'better is'],
      [[text('samples, real + fake'), ...counts, text('')], ...rows],
    ),
    paragraph(
      'Papers give figures of clips or of videos; they are not comparable. Average precision, accuracy, Brier score and log loss depend on how many fakes there are to a real.',
      'soft',
    ),
  ])
}
