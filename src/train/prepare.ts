import { createHash } from 'node:crypto'
import { openCropCache } from '../dataset/cache/cache.ts'
import type { CropSettings } from '../dataset/cache/settings.ts'
import type { DataEntry } from '../dataset/entry.ts'
import { refuseLeaks } from '../dataset/split/leaks.ts'
import { isStill } from '../dataset/still.ts'
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
  /** Digests of the entries' files, by path. */
  readonly contents: ReadonlyMap<string, string>
  readonly validation: readonly ValidationPart[]
  /** Digest of the entries that are left, and of what they hold. */
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
  const { given, sources: wanted } = recipe.data
  const all = await Promise.all(wanted.map(entriesOf))
  const sources = given > 0 ? all : all.map((entries) => entries.filter(({ label }) => label === 'real'))
  const sets = await Promise.all(recipe.validation.sets.map(entriesOf))
  refuseLeaks(sources.flat(), sets.flat())
  const crops = trainingCrops(recipe, config)
  const training = await cutOut(sources, crops, 'cutting out faces', options)
  const pools = await Promise.all(training.left.map((entries, i) => poolOf(entries, wanted[i]!.weight)))
  checkPools(pools, given)
  const contents = new Map(training.contents)
  const validation: ValidationPart[] = []
  for (const [i, set] of recipe.validation.sets.entries()) {
    const looked = validationCrops(recipe, config, set)
    const held = await cutOut([sets[i]!], looked, `cutting out faces of ${set.name}`, options)
    for (const [path, content] of held.contents) contents.set(path, content)
    validation.push({ name: set.name, entries: held.left[0]!, crops: looked })
  }
  checkMeasurable(validation)
  refuseLeaks(sources.flat(), sets.flat(), contents)
  const identity = digestOf([...training.left, ...validation.map(({ entries }) => entries)], contents)
  return { pools, crops, contents: training.contents, validation, identity }
}

async function poolOf(entries: readonly DataEntry[], weight: number): Promise<Pool> {
  const labelled = (label: DataEntry['label']) => entries.filter((entry) => entry.label === label)
  const stills = new Set<string>()
  for (const { path } of entries) if (await isStill(path)) stills.add(path)
  return { weight, real: labelled('real'), fake: labelled('fake'), stills }
}

function checkPools(pools: readonly Pool[], given: number): void {
  if (pools.every(({ real }) => real.length === 0)) {
    throw new UnmaskError('dataset-missing', 'the data sources have no authentic video or picture with a face')
  }
  if (given > 0 && pools.every(({ fake }) => fake.length === 0)) {
    const problem = `data.given is ${given}, but the data sources have no fake video or picture with a face`
    throw new UnmaskError('dataset-missing', problem)
  }
}

/** A set that cannot be measured would let every validation count as the best. */
function checkMeasurable(parts: readonly ValidationPart[]): void {
  for (const [name, own] of Map.groupBy(parts, (part) => part.name)) {
    for (const label of ['real', 'fake'] as const) {
      if (own.some(({ entries }) => entries.some((entry) => entry.label === label))) continue
      const problem = `the validation set "${name}" has no ${label} video or picture with a face: it has no AUC`
      throw new UnmaskError('dataset-missing', problem)
    }
  }
}

/** Cuts out what is not there yet. @returns of each list the entries that have a face; and what entries hold, by path */
async function cutOut(
  lists: readonly (readonly DataEntry[])[],
  crops: CropSettings,
  what: string,
  { cache: folder, workers, onEvent, signal }: PrepareOptions,
) {
  await using cache = await openCropCache(folder, crops, { workers })
  const { failures, contents } = await cache.prepare(lists.flat(), {
    onProgress: ({ done, total }) => onEvent({ kind: 'working', what, unit: 'files', done, total }),
    ...(signal && { signal }),
  })
  for (const { entry, reason, message } of failures) {
    onEvent({ kind: 'left-out', path: entry.path, reason, message })
  }
  const failed = new Set(failures.map(({ entry }) => entry.path))
  return { left: lists.map((entries) => entries.filter(({ path }) => !failed.has(path))), contents }
}

function digestOf(lists: readonly (readonly DataEntry[])[], contents: ReadonlyMap<string, string>): string {
  const told = lists.map((entries) => entries.map((entry) => [entry, contents.get(entry.path)]))
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}
