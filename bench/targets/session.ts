import { join, relative } from 'node:path'
import { type ForgedVideo, forgedVideos } from '../../src/cli/model/calibrate/forged-videos.ts'
import { startProgress } from '../../src/cli/progress.ts'
import type { DataEntry } from '../../src/dataset/entry.ts'
import type { Treatment } from '../../src/dataset/treatment.ts'
import { clipsOfShort } from '../../src/detect/clips-to-look-at.ts'
import type { Evaluation } from '../../src/evaluate/evaluation.ts'
import type { Localisation } from '../../src/evaluate/localise/localisation.ts'
import { localiseDataset } from '../../src/evaluate/localise/localise-dataset.ts'
import { evaluate } from '../../src/evaluate/run/evaluate.ts'
import type { ScoreLog } from '../../src/evaluate/run/score-log.ts'
import type { AreaName } from '../../src/face/landmarks/areas.ts'
import { forgeRecipe } from '../../src/forge/recipe.ts'
import type { StoredModel } from '../../src/network/model-file.ts'
import type { TargetsOptions } from './arguments.ts'

/** Of the fakes that are forged: not the default of `unmask model calibrate`, so that no model is calibrated on them. */
export const forgingSeed = 1

/** Real talking faces, of people that no model has learnt from. */
export const talking: readonly string[] = ['pcavs', 'marlin', 'vidtimit']

/** One model and the data that it is measured on; its videos are looked at as a detection looks at them. */
export class Session {
  readonly #entries: readonly DataEntry[]
  readonly #options: TargetsOptions
  readonly #log: ScoreLog
  readonly #model: StoredModel

  constructor(model: StoredModel, entries: readonly DataEntry[], log: ScoreLog, options: TargetsOptions) {
    this.#model = model
    this.#entries = entries
    this.#log = log
    this.#options = options
  }

  /** The entries of subsets. */
  of(subsets: readonly string[], label?: DataEntry['label']): DataEntry[] {
    return this.#entries.filter((entry) => subsets.includes(entry.subset) && (!label || entry.label === label))
  }

  /** The twins of the real talking faces. @param region what of the face is forged; default: drawn */
  forged(region?: AreaName): Promise<ForgedVideo[]> {
    const { cache, generators } = this.#options
    return forgedVideos(this.of(talking, 'real'), {
      ...{ recipe: forgeRecipe.parse({}), seed: forgingSeed, folder: join(cache, 'forged'), signal: never },
      ...(generators !== undefined && { generators }),
      ...(region && { region }),
    })
  }

  async evaluated(what: string, entries: readonly DataEntry[], treatment?: Treatment): Promise<Evaluation> {
    using progress = startProgress(`scoring ${what}`, 'videos')
    return await evaluate(entries, {
      ...this.#scoring(),
      ...{ cacheFolder: this.#options.cache, log: this.#log },
      ...(treatment && { treatment }),
      onProgress: ({ videos, videosPlanned }) => progress.update(videos, videos / videosPlanned),
    })
  }

  async localised(entries: readonly DataEntry[]): Promise<Localisation> {
    using progress = startProgress('localising', 'videos')
    return await localiseDataset(entries, {
      ...this.#scoring(),
      onProgress: ({ videos, videosPlanned }) => progress.update(videos, videos / videosPlanned),
    })
  }

  #scoring() {
    const { device, data } = this.#options
    const nameOf = ({ path }: DataEntry) => relative(data, path)
    return { model: this.#model, device: { device }, nameOf, clips: clipsOfShort }
  }
}

/** A bench is ended by ending its process; what it has got to is kept. */
const never = new AbortController().signal
