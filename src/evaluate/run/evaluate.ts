import { preprocessingVersion } from '../../dataset/cache/key.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import type { DeviceReport } from '../../runtime/index.ts'
import type { Evaluation } from '../evaluation.ts'
import { type SummaryOptions, summarise } from '../summary.ts'
import { type ScoreDatasetOptions, type ScoredCell, scoreDataset, scoringVersion } from './score-dataset.ts'
import { thresholdOf } from './threshold.ts'

export interface EvaluateOptions extends ScoreDatasetOptions {
  /** Added to the protocol of the result: which data, how they were chosen. */
  readonly about?: SummaryOptions['protocol']
  /** Of the bootstrap, for each interval. */
  readonly replicates?: number
}

/**
 * Measures a model on a data set: scores all its videos and summarises them.
 * @throws what `scoreDataset` throws
 */
export async function evaluate(entries: readonly DataEntry[], options: EvaluateOptions): Promise<Evaluation> {
  const { about = {}, replicates, ...scoring } = options
  const { cells, device } = await scoreDataset(entries, scoring)
  const [clean, ...others] = cells
  const summary = {
    threshold: thresholdOf(scoring.model.metadata),
    seed: scoring.seed ?? 0,
    ...(replicates !== undefined && { replicates }),
  }
  const evaluation = summarise(clean!.videos, clean!.failures, {
    ...summary,
    protocol: { ...about, ...protocolOf(scoring, device) },
  })
  if (others.length === 0) return evaluation
  return { ...evaluation, perturbations: robustness(others, summary) }
}

function protocolOf(options: ScoreDatasetOptions, { kind, engine }: DeviceReport): SummaryOptions['protocol'] {
  const { model, clips = 4, span = 4, rate = 30, faces = 'all', treatment } = options
  const { name } = model.metadata
  return {
    model: { ...(name !== undefined && { name }), hash: model.hash },
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
