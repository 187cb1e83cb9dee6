import { UnmaskError } from '../errors.ts'
import { Random } from '../tensor/random.ts'
import type { Against, Evaluation } from './evaluation.ts'
import { countLabels, type Group, subsetGroups } from './groups.ts'
import { bootstrap, type Estimate, percentileInterval, type Resampling } from './metrics/bootstrap.ts'
import { type DeLongComparison, deLongTest } from './metrics/delong.ts'
import { rankSamples, tally } from './metrics/samples.ts'
import { type MetricName, metricNames, metrics } from './metrics/table.ts'
import { matchVideos, type VideoPair } from './pairs.ts'
import { strataOf } from './samples.ts'
import type { SummaryOptions } from './summary.ts'

/** A metric of two evaluations of the same videos; `difference` is second minus first, with its paired 95 % interval. */
export interface ComparedMetric {
  readonly first: number | null
  readonly second: number | null
  readonly difference: Estimate
}

/** Two evaluations of the same videos, each model at its own threshold. Videos are the samples. */
export interface ComparedGroup {
  readonly against: Against
  readonly count: { readonly real: number; readonly fake: number }
  readonly metrics: Readonly<Record<MetricName, ComparedMetric>>
  /** Null with one class only. */
  readonly deLong: DeLongComparison | null
}

/** What sets two evaluations apart. */
export interface Comparison {
  /** Paths of videos that only one of them has a score of. */
  readonly onlyFirst: readonly string[]
  readonly onlySecond: readonly string[]
  /** Keys of the protocol that differ. */
  readonly protocol: readonly string[]
  /** All videos that both have a score of. */
  readonly all: ComparedGroup
  /** By the names that the first evaluation gives them. */
  readonly subsets: Readonly<Record<string, ComparedGroup>>
}

/**
 * Compares two evaluations on the videos that both have a score of, matched by path.
 * @throws UnmaskError `evaluate-mismatch` when they share no video, contradict each other's labels, or hold a path twice
 */
export function compareEvaluations(
  first: Evaluation,
  second: Evaluation,
  { seed = 0, replicates = 1000 }: Pick<SummaryOptions, 'seed' | 'replicates'> = {},
): Comparison {
  const { pairs, onlyFirst, onlySecond } = matchVideos(first.videos, second.videos)
  if (pairs.length === 0) {
    throw new UnmaskError(
      'evaluate-mismatch',
      `the evaluations share no path; the first has e.g. ${first.videos[0]?.path ?? 'none'}, the second ${second.videos[0]?.path ?? 'none'}`,
    )
  }
  const random = new Random(seed)
  const compare = (group: Pick<Group<VideoPair>, 'against' | 'videos'>, name: string) =>
    compareGroup(group, [first.threshold, second.threshold], { replicates, random: random.fork(name) })
  const { real, fake } = countLabels(pairs)
  return {
    onlyFirst,
    onlySecond,
    protocol: differingKeys(first.protocol, second.protocol),
    all: compare({ against: real > 0 && fake > 0 ? 'itself' : 'nothing', videos: pairs }, 'all'),
    subsets: Object.fromEntries(
      [...subsetGroups(pairs, [])].map(([name, group]) => [name, compare(group, `subset ${name}`)]),
    ),
  }
}

function compareGroup(
  { against, videos }: Pick<Group<VideoPair>, 'against' | 'videos'>,
  thresholds: readonly [number, number],
  resampling: Resampling,
): ComparedGroup {
  const fake = videos.map(({ label }) => (label === 'fake' ? 1 : 0))
  const scores = ([0, 1] as const).map((which) => videos.map(({ probabilities }) => probabilities[which]))
  const ranked = scores.map((scores) => rankSamples({ scores, fake }))
  const measure = (which: 0 | 1, weights?: Float64Array) => {
    const tallied = tally(ranked[which]!, weights)
    return metricNames.map((name) => metrics[name].measure(tallied, thresholds[which]))
  }
  const differences = bootstrap(
    strataOf(videos),
    (weights) => {
      const [one, other] = [measure(0, weights), measure(1, weights)]
      return one.map((value, i) => (value === null || other[i] === null ? null : other[i]! - value))
    },
    resampling,
  )
  const [one, other] = [measure(0), measure(1)]
  const compared = metricNames.map((name, i): [MetricName, ComparedMetric] => [
    name,
    { first: one[i]!, second: other[i]!, difference: percentileInterval(differences[i]!) },
  ])
  return {
    against,
    count: countLabels(videos),
    metrics: Object.fromEntries(compared) as Record<MetricName, ComparedMetric>,
    deLong: deLongTest(scores[0]!, scores[1]!, fake),
  }
}

function differingKeys(first: Evaluation['protocol'], second: Evaluation['protocol']): string[] {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)])
  return [...keys].filter((key) => JSON.stringify(first[key]) !== JSON.stringify(second[key]))
}
