import { openCropCache } from '../../dataset/cache/cache.ts'
import { preprocessingVersion } from '../../dataset/cache/key.ts'
import type { CropSettings } from '../../dataset/cache/settings.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { allOpened } from '../../detect/opened.ts'
import { openScorer } from '../../detect/scorer.ts'
import { sha256 } from '../../digest.ts'
import { type FaceDetector, openFaceDetector } from '../../face/detector.ts'
import type { StoredModel } from '../../network/model-file.ts'
import { checkOptions } from '../../options.ts'
import type { DeviceOptions, DeviceReport } from '../../runtime/index.ts'
import type { Perturbation } from '../perturb/kinds.ts'
import type { FailedVideo, ScoredVideo } from '../scored.ts'
import { inLanes } from './lanes.ts'
import { type Scoring, type ScoringOptions, scoringOptions } from './options.ts'
import { type Run, scoreEntry } from './score-entry.ts'
import type { ScoreLog } from './score-log.ts'
import { partVideos, withEntry } from './verdict.ts'

/** Of the way from crops to scores: it is raised with every change that changes a score. */
export const scoringVersion = 2

export interface ScoreDatasetOptions extends ScoringOptions {
  readonly model: StoredModel
  /** Where the network runs. */
  readonly device?: DeviceOptions
  /** Besides the videos as they are. */
  readonly perturbations?: readonly Perturbation[]
  /** How a video is called in the results; default: its path. */
  readonly nameOf?: (entry: DataEntry) => string
  /** Folder of a cache of crops, which spares decoding the videos as they are for the next model; default: none. */
  readonly cacheFolder?: string
  /** Verdicts of earlier runs; new ones are added. */
  readonly log?: ScoreLog
  /** Videos that are worked at side by side; default 2. */
  readonly lanes?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ScoringProgress) => void
}

/** Videos count once for each perturbation, and once as they are. */
export interface ScoringProgress {
  readonly videos: number
  /** Of these, taken from the log. */
  readonly known: number
  readonly videosPlanned: number
}

/** The videos of a data set under one perturbation, or as they are. */
export interface ScoredCell {
  readonly perturbation: Perturbation | undefined
  readonly videos: readonly ScoredVideo[]
  readonly failures: readonly FailedVideo[]
}

/**
 * Scores all videos of a data set, as they are and under perturbations. Videos that cannot be scored are listed as failures
 * and stop nothing.
 * @returns the cell of the videos as they are, then those of the perturbations, and where the network ran
 * @throws UnmaskError `option-invalid`, `device-missing`, `device-failed`, ...; the signal's reason
 */
export async function scoreDataset(
  entries: readonly DataEntry[],
  options: ScoreDatasetOptions,
): Promise<{
  readonly cells: readonly ScoredCell[]
  readonly device: DeviceReport
  /** With the defaults. */
  readonly scoring: Scoring
}> {
  const { model, device, perturbations = [], nameOf = ({ path }) => path, lanes = 2, ...others } = options
  const { cacheFolder, log, signal, onProgress, ...rest } = others
  const scoring = checkOptions(scoringOptions, rest, 'evaluation')
  await using scorer = await openScorer(model, { threads: 1, ...device })
  await using detectors = await openDetectors(lanes)
  await using cache = cacheFolder === undefined ? undefined : await openCropCache(cacheFolder, cropsFor(model, scoring))
  const run: Run = {
    cache,
    scorer,
    scoring,
    log,
    keyOf: await keyFor(model, scorer.device, scoring),
    ...(signal && { signal }),
  }
  const cells = [undefined, ...perturbations].map((perturbation) => ({
    perturbation,
    all: [] as (ScoredVideo | FailedVideo)[],
  }))
  const tasks = cells.flatMap((cell) => entries.map((entry) => ({ entry, cell })))
  const done = { videos: 0, known: 0, videosPlanned: tasks.length }
  await inLanes(detectors.all, tasks, async ({ entry, cell }, detector) => {
    const { verdict, known } = await scoreEntry(entry, cell.perturbation, detector, run)
    cell.all.push(withEntry(entry, nameOf(entry), verdict))
    done.videos++
    if (known) done.known++
    onProgress?.({ ...done })
  })
  return {
    cells: cells.map(({ perturbation, all }) => ({ perturbation, ...partVideos(all) })),
    device: scorer.device,
    scoring,
  }
}

async function openDetectors(count: number): Promise<AsyncDisposable & { readonly all: readonly FaceDetector[] }> {
  const all = await allOpened(Array.from({ length: count }, () => openFaceDetector()))
  return {
    all,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((detector) => detector[Symbol.asyncDispose]()))
    },
  }
}

/** What `scoreVideo` cuts out. */
function cropsFor({ config: { input } }: StoredModel, { clips, span, rate, treatment }: Scoring): CropSettings {
  const { snippets, frames, size } = input
  const shared = { clips, span, rate, size, margin: 1, landmarks: false, faces: 'all' } as const
  return { layout: { snippets, frames }, ...shared, ...(treatment && { treatment }) }
}

/** Scores depend on all of these, and on the content of the file. */
async function keyFor(model: StoredModel, device: DeviceReport, { seed, ...scoring }: Scoring) {
  const shared = [scoringVersion, preprocessingVersion, model.hash, device.kind, device.engine, scoring]
  const prefix = await sha256(new TextEncoder().encode(JSON.stringify(shared)))
  return (content: string, perturbation: Perturbation | undefined) =>
    [prefix, content, ...(perturbation ? [`${perturbation.kind}:${perturbation.level}`, seed] : [])].join(' ')
}
