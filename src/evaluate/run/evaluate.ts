import { preprocessingVersion } from '../../dataset/cache/key.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { operatingPointsOf } from '../../detect/operating-points.ts'
import type { StoredModel } from '../../network/model-file.ts'
import type { DeviceReport } from '../../runtime/index.ts'
import type { Evaluation } from '../evaluation.ts'
import { fakesWithMasks, localiseDataset } from '../localise/localise-dataset.ts'
import { type SummaryOptions, summarise } from '../summary.ts'
import type { Scoring } from './options.ts'
import {
  type ScoreDatasetOptions,
  type ScoredCell,
  type ScoringProgress,
  scoreDataset,
  scoringVersion,
} from './score-dataset.ts'

export interface EvaluateOptions extends ScoreDatasetOptions {
  /** Added to the protocol of the result: which data, how they were chosen. */
  readonly about?: SummaryOptions['protocol']
  /** Whether to measure, on fakes with masks, if the model sees evidence where they were forged. Default: false. */
  readonly localise?: boolean
  /** Of the bootstrap, for each interval. */
  readonly replicates?: number
}

/**
 * Measures a model on a data set: scores all its videos and summarises them.
 * @throws what `scoreDataset` and, where asked for, `localiseDataset` throw
 */
export async function evaluate(entries: readonly DataEntry[], options: EvaluateOptions): Promise<Evaluation> {
  const { about = {}, replicates, localise = false, onProgress, ...rest } = options
  const masked = localise ? fakesWithMasks(entries) : []
  let progress: ScoringProgress = { videos: 0, known: 0, videosPlanned: 0 }
  const report = (change: Partial<ScoringProgress>) => {
    progress = { ...progress, ...change }
    onProgress?.({ ...progress, videosPlanned: progress.videosPlanned + masked.length })
  }
  const { cells, device, scoring } = await scoreDataset(entries, { ...rest, onProgress: report })
  const [clean, ...others] = cells
  const bootstrap = { seed: scoring.seed, ...(replicates !== undefined && { replicates }) }
  const summary = { ...bootstrap, threshold: operatingPointsOf(rest.model.metadata).fakeFrom }
  const protocol = { ...about, ...protocolOf(rest.model, scoring, device) }
  const evaluation = summarise(clean!.videos, clean!.failures, { ...summary, protocol })
  if (others.length > 0) evaluation.perturbations = robustness(others, summary)
  if (!localise) return evaluation
  const { perturbations, log, lanes, cacheFolder, ...looking } = rest
  const scored = progress.videos
  const onLocalised = ({ videos }: { readonly videos: number }) => report({ videos: scored + videos })
  const localisation = await localiseDataset(masked, { ...looking, ...bootstrap, onProgress: onLocalised })
  return { ...evaluation, localisation }
}

function protocolOf(
  { metadata: { name }, hash }: StoredModel,
  { clips, span, rate, faces, treatment }: Scoring,
  { kind, engine }: DeviceReport,
): SummaryOptions['protocol'] {
  return {
    model: { ...(name !== undefined && { name }), hash },
    device: { kind, engine },
    plan: { clips, span, rate },
    faces,
    ...(treatment && { treatment: JSON.parse(JSON.stringify(treatment)) }),
    versions: { preprocessing: preprocessingVersion, scoring: scoringVersion },
  }
}

/** Metrics of the videos of each cell, by kind and level. */
function robustness(
  cells: readonly ScoredCell[],
  summary: Omit<SummaryOptions, 'protocol'>,
): NonNullable<Evaluation['perturbations']> {
  const kinds: Record<string, Record<string, NonNullable<Evaluation['perturbations']>[string][string]>> = {}
  for (const { perturbation, videos, failures } of cells) {
    const { kind, level } = perturbation!
    const { video, failed } = summarise(videos, failures, { ...summary, protocol: {} })
    kinds[kind] = { ...kinds[kind], [level]: { video, failed } }
  }
  return kinds
}
