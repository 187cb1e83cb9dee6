import { createHash } from 'node:crypto'
import { openCropCache } from '../dataset/cache/cache.ts'
import type { CropSettings } from '../dataset/cache/settings.ts'
import type { DataEntry } from '../dataset/entry.ts'
import { refuseLeaks } from '../dataset/split/leaks.ts'
import { UnmaskError } from '../errors.ts'
import type { NetworkConfig } from '../network/config.ts'
import { entriesOf, trainingCrops, validationCrops } from './data.ts'
import type { OnTrainEvent } from './events.ts'
import type { Pool } from './loader/sampler.ts'
import type { Recipe } from './recipe.ts'
import type { ValidationPart } from './validator.ts'

export interface PrepareOptions {
  readonly cache: string
  readonly workers: number
  readonly onEvent: OnTrainEvent
  readonly signal?: AbortSignal
}

/** What a run trains on and is measured with: everything cut out, what has no face left out. */
export interface PreparedData {
  readonly pools: readonly Pool[]
  readonly crops: CropSettings
  readonly validation: readonly ValidationPart[]
  /** Digest of the entries. */
  readonly identity: string
}

/**
 * Reads the data of a recipe and cuts its faces out.
 * @throws UnmaskError `dataset-*`, `file-access`, or the signal's reason
 */
export async function prepareData(
  recipe: Recipe,
  config: NetworkConfig,
  options: PrepareOptions,
): Promise<PreparedData> {
  const sources = await Promise.all(recipe.data.sources.map(entriesOf))
  const sets = await Promise.all(recipe.validation.sets.map(entriesOf))
  refuseLeaks(sources.flat(), sets.flat())
  const crops = trainingCrops(recipe, config)
  const usable = await prepared(sources.flat(), crops, 'cutting out faces', options)
  const pools = sources.map((entries, i) => poolOf(entries.filter(usable), recipe.data.sources[i]!.weight))
  if (pools.every(({ real }) => real.length === 0)) {
    throw new UnmaskError('dataset-missing', 'the data sources have no authentic video or picture with a face')
  }
  const validation: ValidationPart[] = []
  for (const [i, set] of recipe.validation.sets.entries()) {
    const looked = validationCrops(recipe, config, set)
    const known = await prepared(sets[i]!, looked, `cutting out faces of ${set.name}`, options)
    validation.push({ name: set.name, entries: sets[i]!.filter(known), crops: looked })
  }
  const identity = digestOf([...sources, ...sets])
  return { pools, crops, validation, identity }
}

function poolOf(entries: readonly DataEntry[], weight: number): Pool {
  const labelled = (label: DataEntry['label']) => entries.filter((entry) => entry.label === label)
  return { weight, real: labelled('real'), fake: labelled('fake') }
}

/** Cuts out what is not there yet. @returns whether an entry has a face */
async function prepared(
  entries: readonly DataEntry[],
  crops: CropSettings,
  what: string,
  { cache: folder, workers, onEvent, signal }: PrepareOptions,
): Promise<(entry: DataEntry) => boolean> {
  await using cache = await openCropCache(folder, crops, { workers })
  const { failures } = await cache.prepare(entries, {
    onProgress: ({ done, total }) => onEvent({ kind: 'preparing', what, done, total }),
    ...(signal && { signal }),
  })
  for (const { entry, reason, message } of failures) {
    onEvent({ kind: 'left-out', path: entry.path, reason, message })
  }
  const failed = new Set(failures.map(({ entry }) => entry.path))
  return ({ path }) => !failed.has(path)
}

function digestOf(lists: readonly (readonly DataEntry[])[]): string {
  return createHash('sha256').update(JSON.stringify(lists)).digest('hex')
}
