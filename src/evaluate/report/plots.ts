import { section } from '../../page/html.ts'
import { histogram } from '../../plot/histogram.ts'
import { lineChart, type Series } from '../../plot/line-chart.ts'
import { element, escapeMarkup } from '../../plot/markup.ts'
import { reliability } from '../../plot/reliability.ts'
import type { Evaluation } from '../evaluation.ts'
import { subsetGroups } from '../groups.ts'
import { reliabilityTable } from '../metrics/calibration.ts'
import { precisionRecallCurve } from '../metrics/precision-recall.ts'
import { rocCurve } from '../metrics/roc.ts'
import { rankSamples, type Tally, tally } from '../metrics/samples.ts'
import { wilsonInterval } from '../metrics/wilson.ts'
import { samplesOf } from '../samples.ts'
import type { ScoredVideo } from '../scored.ts'

/** More lines than this cannot be told apart. */
const mostLines = 6

/** The four plots of the video scores. */
export function plots({ videos, failures, threshold }: Evaluation): string {
  const tallied = tallyOf(videos)
  const parts = [...subsetGroups(videos, failures)].map(([name, group]) => ({ name, tally: tallyOf(group.videos) }))
  const all = { name: 'all', tally: tallied }
  const measured = parts.length > 1 && parts.length < mostLines ? [all, ...parts] : [all]
  const scores = (label: ScoredVideo['label']) =>
    videos.filter((video) => video.label === label).map(({ probability }) => probability)
  const figures = [
    [rocPlot(measured), 'The further up and to the left, the better. On the dotted line is guessing.'],
    [
      precisionRecallPlot(measured),
      'The further up and to the right, the better. It depends on how many fakes there are to a real.',
    ],
    [
      histogram({
        title: 'Scores by class',
        description: 'Histogram of the probability of fake, of real and of fake videos, with the threshold.',
        xLabel: 'probability of fake',
        classes: [
          { name: 'real', values: scores('real') },
          { name: 'fake', values: scores('fake') },
        ],
        mark: { value: threshold, name: 'threshold' },
      }),
      'The less the two overlap, the better. Each adds up to 100 %.',
    ],
    [
      reliabilityPlot(tallied),
      'On the dotted line a probability of 0.8 is right 8 times of 10. Above it the model is too cautious about fakes, below it too sure. Larger dots are more videos.',
    ],
  ].map(([plot, caption]) => element('figure', {}, `${plot}\n${captionOf(plot!, caption!)}`))
  return section('Plots', [element('div', { class: 'plots' }, figures.join('\n'))])
}

function captionOf(plot: string, words: string): string {
  const [, title] = plot.match(/<title[^>]*>([^<]*)</)!
  return element('figcaption', {}, `<b>${title}</b>${escapeMarkup(words)}`)
}

const tallyOf = (videos: readonly ScoredVideo[]): Tally => tally(rankSamples(samplesOf(videos, 'video')))

interface Measured {
  readonly name: string
  readonly tally: Tally
}

function rocPlot(measured: readonly Measured[]): string {
  const lines = measured.flatMap(({ name, tally }): Series[] => {
    const points = rocCurve(tally)?.map(({ falsePositiveRate: x, truePositiveRate: y }) => [x, y] as const)
    return points ? [{ name, points: corners(points) }] : []
  })
  const guessing: Series = {
    name: 'guessing',
    points: [
      [0, 0],
      [1, 1],
    ],
    reference: true,
  }
  return lineChart({
    title: 'ROC curve',
    description: 'Fakes found against false alarms, at every threshold.',
    x: { label: 'reals called fake', domain: [0, 1], percent: true },
    y: { label: 'fakes found', domain: [0, 1], percent: true },
    series: [...lines, ...(lines.length > 0 ? [guessing] : [])],
  })
}

function precisionRecallPlot(measured: readonly Measured[]): string {
  return lineChart({
    title: 'Precision and recall',
    description: 'How much of what is called fake is fake, against the fakes found, at every threshold.',
    x: { label: 'fakes found (recall)', domain: [0, 1], percent: true },
    y: { label: 'fake of those called fake (precision)', domain: [0, 1], percent: true },
    series: measured.flatMap(({ name, tally }): Series[] => {
      const points = precisionRecallCurve(tally)?.map(({ recall, precision }) => [recall, precision] as const)
      return points ? [{ name, points, shape: 'step-before' }] : []
    }),
  })
}

function reliabilityPlot(tallied: Tally): string {
  return reliability({
    title: 'Reliability',
    description: 'Share of fakes among the videos of like probability, against that probability.',
    xLabel: 'probability of fake',
    yLabel: 'share of fakes',
    points: reliabilityTable(tallied).map(({ weight, probability, fakes: share }) => ({
      probability,
      share,
      weight,
      ...wilsonInterval(share, weight),
    })),
  })
}

type Point = readonly [x: number, y: number]

/** Without the points on a straight line between their neighbours. */
function corners(points: readonly Point[]): Point[] {
  return points.filter(([x, y], i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    return !before || !after || !((before[0] === x && x === after[0]) || (before[1] === y && y === after[1]))
  })
}
