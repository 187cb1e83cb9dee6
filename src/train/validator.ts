import { openCropCache } from '../dataset/cache/cache.ts'
import type { DataEntry } from '../dataset/entry.ts'
import { openScorer } from '../detect/scorer.ts'
import { areaUnderRoc } from '../evaluate/metrics/roc.ts'
import { rankSamples, tally } from '../evaluate/metrics/samples.ts'
import { scoreEntries } from '../evaluate/run/score-entries.ts'
import type { ScoredVideo } from '../evaluate/scored.ts'
import type { Model } from '../network/model-file.ts'
import type { DeviceOptions } from '../runtime/index.ts'
import type { validationCrops } from './data.ts'
import type { Recipe } from './recipe.ts'

/** The entries of one validation set with how they are looked at. */
export interface ValidationPart {
  readonly name: string
  readonly entries: readonly DataEntry[]
  readonly crops: ReturnType<typeof validationCrops>
}

export interface Validation {
  /** Video AUC of each set; null where it is not defined, e.g. for one class only. */
  readonly auc: Readonly<Record<string, number | null>>
  /** Of the set that the recipe watches, or the mean of all; null where one of them is not defined. */
  readonly watched: number | null
}

/** Measures weights while they are trained, in the way of `unmask evaluate`. */
export class Validator {
  readonly #parts: readonly ValidationPart[]
  readonly #watch: string | null
  readonly #cache: string
  readonly #device: DeviceOptions

  /** @param cache folder of the crops @param device to infer on */
  constructor(parts: readonly ValidationPart[], { validation }: Recipe, cache: string, device: DeviceOptions) {
    this.#parts = parts
    this.#watch = validation.watch
    this.#cache = cache
    this.#device = device
  }

  /** @throws what scoring throws, or the signal's reason */
  async measure(model: Model, signal?: AbortSignal): Promise<Validation> {
    if (this.#parts.length === 0) return { auc: {}, watched: null }
    const videos = new Map<string, ScoredVideo[]>()
    await using scorer = await openScorer(model, this.#device)
    for (const { name, entries, crops } of this.#parts) {
      await using cache = await openCropCache(this.#cache, crops)
      const scored = await scoreEntries(scorer, cache, entries, signal ? { signal } : {})
      videos.set(name, [...(videos.get(name) ?? []), ...scored.videos])
    }
    const auc = Object.fromEntries([...videos].map(([name, scored]) => [name, videoAuc(scored)]))
    return { auc, watched: this.#watched(auc) }
  }

  #watched(auc: Validation['auc']): number | null {
    const values = this.#watch === null ? Object.values(auc) : [auc[this.#watch] ?? null]
    if (values.some((value) => value === null)) return null
    return values.reduce<number>((sum, value) => sum + value!, 0) / values.length
  }
}

function videoAuc(videos: readonly ScoredVideo[]): number | null {
  const scores = videos.map(({ probability }) => probability)
  const fake = videos.map(({ label }) => (label === 'fake' ? 1 : 0))
  return areaUnderRoc(tally(rankSamples({ scores, fake })))
}
