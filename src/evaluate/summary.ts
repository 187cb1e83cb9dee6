import { z } from 'zod'
import { checkOptions } from '../options.ts'
import { Random } from '../tensor/random.ts'
import {
  type Evaluation,
  evaluationSchema,
  failedVideo,
  type LevelMetrics,
  levelNames,
  scoredVideo,
} from './evaluation.ts'
import { countLabels, type Group, subsetGroups } from './groups.ts'
import { bootstrap, centredInterval, type Estimate, percentileInterval, type Resampling } from './metrics/bootstrap.ts'
import { rankSamples, tally } from './metrics/samples.ts'
import { metricNames, metrics } from './metrics/table.ts'
import { samplesOf, strataOf } from './samples.ts'
import type { FailedVideo, ScoredVideo } from './scored.ts'

const summaryOptions = z.strictObject({
  /** The lowest probability that the model calls fake. */
  threshold: evaluationSchema.shape.threshold,
  /** What the scores rest on: model, treatment, plan, device; no date, so that the result can be reproduced. */
  protocol: evaluationSchema.shape.protocol,
  seed: evaluationSchema.shape.bootstrap.shape.seed.default(0),
  /** Of the bootstrap, for each interval; 0 for none. */
  replicates: evaluationSchema.shape.bootstrap.shape.replicates.max(1_000_000).default(1000),
})

export type SummaryOptions = z.input<typeof summaryOptions>

/**
 * Everything that an evaluation tells: metrics with intervals for clips, faces and videos, of all and of each subset. The
 * order of the videos does not matter.
 * @throws UnmaskError `option-invalid` for a probability that is none, or an option that is wrong
 */
export function summarise(
  videos: readonly ScoredVideo[],
  failures: readonly FailedVideo[],
  options: SummaryOptions,
): Evaluation {
  const { threshold, protocol, seed, replicates } = checkOptions(summaryOptions, options, 'summarise')
  const scored = checkOptions(z.array(scoredVideo), videos, 'scored videos').sort(byPath)
  const failed = checkOptions(z.array(failedVideo), failures, 'failed videos').sort(byPath)
  const random = new Random(seed)
  const groupMetrics = (group: Pick<Group<ScoredVideo>, 'videos' | 'failures'>, name: string) => ({
    ...levelMetrics(group.videos, threshold, { replicates, random: random.fork(name) }),
    failed: countLabels(group.failures),
  })
  return {
    format: 'unmask-evaluation',
    version: 1,
    protocol,
    threshold,
    bootstrap: { seed, replicates },
    ...groupMetrics({ videos: scored, failures: failed }, 'all'),
    subsets: Object.fromEntries(
      [...subsetGroups(scored, failed)].map(([name, group]) => [
        name,
        { against: group.against, ...groupMetrics(group, `subset ${name}`) },
      ]),
    ),
    failures: failed,
    videos: scored,
  }
}

/** All metrics of all levels, of one and the same bootstrap of the videos. */
function levelMetrics(videos: readonly ScoredVideo[], threshold: number, resampling: Resampling) {
  const ranked = levelNames.map((level) => rankSamples(samplesOf(videos, level)))
  const measured = bootstrap(
    strataOf(videos),
    (weights) =>
      ranked.flatMap((samples) => {
        const tallied = tally(samples, weights)
        return metricNames.map((name) => metrics[name].measure(tallied, threshold))
      }),
    resampling,
  )
  const of = (place: number): LevelMetrics => {
    const { real, fake } = tally(ranked[place]!)
    const estimates = metricNames.map((name, i) => {
      const interval = metrics[name].biased ? centredInterval : percentileInterval
      return [name, rounded(interval(measured[place * metricNames.length + i]!))]
    })
    return { count: { real, fake }, ...Object.fromEntries(estimates) }
  }
  return { clip: of(0), face: of(1), video: of(2) }
}

/** To six places: logarithms differ between engines in the last bits. */
function rounded({ value, low, high }: Estimate): Estimate {
  const round = (number: number | null) => (number === null ? null : Math.round(number * 1e6) / 1e6)
  return { value: round(value), low: round(low), high: round(high) }
}

function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}
