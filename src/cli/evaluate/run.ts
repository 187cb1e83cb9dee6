import { stat } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { defaultCacheFolder } from '../../dataset/cache/folder.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import type { DatasetKind } from '../../dataset/options.ts'
import { readData } from '../../dataset/read-data.ts'
import { parsePerturbations } from '../../evaluate/perturb/kinds.ts'
import { evaluate } from '../../evaluate/run/evaluate.ts'
import { ScoreLog } from '../../evaluate/run/score-log.ts'
import { selectEntries } from '../../evaluate/run/select.ts'
import { readModel } from '../../network/model-file-node.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { interruptSignal } from '../interrupt.ts'
import { startProgress } from '../progress.ts'
import { openOutputs } from './outputs.ts'

/** What the command line asked for. */
export interface EvaluateCommandOptions {
  readonly data: string
  readonly model: string
  readonly out?: string
  readonly json?: string
  readonly perturb?: string
  readonly localise: boolean
  readonly frames?: number
  readonly recode?: number
  readonly scale?: number
  readonly kind: string
  readonly split?: NonNullable<DataEntry['split']>
  readonly subset?: readonly string[]
  readonly limit?: number
  readonly clips: number
  readonly faces: 'all' | 'largest'
  /** Absent: the user's cache; false: none. */
  readonly cache?: string | false
  readonly device: 'auto' | DeviceKind
  readonly seed: number
  readonly force: boolean
}

/** Scores all videos that were asked for, and tells how good the scores are. */
export async function runEvaluation(options: EvaluateCommandOptions): Promise<void> {
  const { data, split, subset, limit, seed, clips, faces, cache, device } = options
  const signal = interruptSignal()
  const perturbations = options.perturb === undefined ? [] : parsePerturbations(options.perturb)
  const model = await readModel(options.model)
  const manifest = await readData(data, { kind: options.kind as DatasetKind })
  const entries = selectEntries(manifest.entries, { split, subsets: subset, limit, seed })
  const outputs = await openOutputs(options)
  await using log = outputs.log === undefined ? undefined : await ScoreLog.open(outputs.log)
  using progress = startProgress('scoring', 'videos')
  const evaluation = await evaluate(entries, {
    model,
    device: { device },
    clips,
    faces,
    seed,
    perturbations,
    localise: options.localise,
    nameOf: await namesWithin(data),
    about: { data: aboutData(manifest.name, options) },
    ...treatmentOf(options),
    ...(cache !== false && { cacheFolder: cache ?? defaultCacheFolder() }),
    ...(log && { log }),
    signal,
    onProgress: ({ videos, known, videosPlanned }) => {
      progress.update(videos - known, (videos - known) / Math.max(videosPlanned - known, 1))
    },
  })
  await outputs.write(evaluation)
}

function treatmentOf({ frames, recode, scale }: EvaluateCommandOptions) {
  if (frames === undefined && recode === undefined && scale === undefined) return {}
  return {
    treatment: {
      ...(frames !== undefined && { frames }),
      ...(recode !== undefined && { recode }),
      ...(scale !== undefined && { size: scale }),
    },
  }
}

function aboutData(name: string, { split, subset, limit }: EvaluateCommandOptions) {
  return {
    name,
    ...(split !== undefined && { split }),
    ...(subset !== undefined && { subsets: [...subset] }),
    ...(limit !== undefined && { limit }),
  }
}

/** Paths relative to the data set, so that results of two machines can be compared. */
async function namesWithin(data: string): Promise<(entry: DataEntry) => string> {
  const path = resolve(data)
  const folder = (await stat(path)).isDirectory() ? path : dirname(path)
  return (entry) => relative(folder, entry.path).split(sep).join('/')
}
