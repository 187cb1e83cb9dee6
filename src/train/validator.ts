import { type CropCache, openCropCache } from '../dataset/cache/cache.ts'
import type { DataEntry } from '../dataset/entry.ts'
import { openScorer, type Scorer } from '../detect/scorer.ts'
import { areaUnderRoc } from '../evaluate/metrics/roc.ts'
import { rankSamples, tally } from '../evaluate/metrics/samples.ts'
import { scoreEntries } from '../evaluate/run/score-entries.ts'
import type { ScoredVideo } from '../evaluate/scored.ts'
import type { Model } from '../network/model-file.ts'
import type { DeviceOptions } from '../runtime/index.ts'
import type { validationCrops } from './data.ts'
import type { OnTrainEvent } from './events.ts'
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

export interface ValidatorOptions {
  /** Folder of the crops. */
  readonly cache: string
  /** Where to infer. */
  readonly device: DeviceOptions
  readonly onEvent: OnTrainEvent
}

/** Measures weights while they are trained, in the way of `unmask evaluate`. */
export class Validator implements AsyncDisposable {
  readonly #parts: readonly ValidationPart[]
  readonly #watch: string | null
  readonly #options: ValidatorOptions
  /** Of each part: kept, since a cache reads every video once to know it. */
  readonly #caches = new Map<ValidationPart, CropCache>()

  constructor(parts: readonly ValidationPart[], { validation }: Recipe, options: ValidatorOptions) {
    this.#parts = parts
    this.#watch = validation.watch
    this.#options = options
  }

  /** @throws what scoring throws, or the signal's reason */
  async measure(model: Model, signal?: AbortSignal): Promise<Validation> {
    if (this.#parts.length === 0) return { auc: {}, watched: null }
    const videos = new Map<string, ScoredVideo[]>()
    await using scorer = await openScorer(model, this.#options.device)
    for (const part of this.#parts) {
      videos.set(part.name, [...(videos.get(part.name) ?? []), ...(await this.#scored(part, scorer, signal))])
    }
    const auc = Object.fromEntries([...videos].map(([name, scored]) => [name, videoAuc(scored)]))
    return { auc, watched: this.#watched(auc) }
  }

  async #scored(part: ValidationPart, scorer: Scorer, signal?: AbortSignal): Promise<readonly ScoredVideo[]> {
    const { onEvent } = this.#options
    const { videos, failures } = await scoreEntries(scorer, await this.#cacheOf(part), part.entries, {
      ...(signal && { signal }),
      onProgress: ({ videos, videosPlanned }) =>
        onEvent({
          kind: 'working',
          what: `measuring on ${part.name}`,
          unit: 'files',
          done: videos,
          total: videosPlanned,
        }),
    })
    for (const { path, reason, message } of failures) onEvent({ kind: 'left-out', path, reason, message })
    return videos
  }

  async #cacheOf(part: ValidationPart): Promise<CropCache> {
    const cache = this.#caches.get(part) ?? (await openCropCache(this.#options.cache, part.crops))
    this.#caches.set(part, cache)
    return cache
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const cache of this.#caches.values()) await cache[Symbol.asyncDispose]()
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
