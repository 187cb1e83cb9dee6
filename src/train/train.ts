import { createHash } from 'node:crypto'
import { contentHash } from '../dataset/content-hash.ts'
import { UnmaskError } from '../errors.ts'
import type { StoredModel } from '../network/model-file.ts'
import { readModel, writeModel } from '../network/model-file-node.ts'
import type { Weights } from '../network/weights.ts'
import type { DeviceOptions } from '../runtime/index.ts'
import type { OnTrainEvent } from './events.ts'
import { recipeGenerators } from './generators.ts'
import { Loader } from './loader/loader.ts'
import { prepareData } from './prepare.ts'
import type { Recipe } from './recipe.ts'
import { readCheckpoint } from './run/checkpoint.ts'
import { readMetrics, rewindMetrics } from './run/metrics-log.ts'
import { beginRun, openRunFolder } from './run/run-folder.ts'
import { StageRun } from './stage.ts'
import { checkStages, recipeNetwork, startWeights } from './start.ts'
import { type Validation, Validator } from './validator.ts'

export interface TrainOptions {
  /** Go on from the folder's checkpoint, if there is one. */
  readonly resume?: boolean
  /** Folder of face crops that are kept between runs. */
  readonly cache: string
  readonly device?: DeviceOptions
  /** Threads that make batches; default 2. */
  readonly workers?: number
  readonly onEvent?: OnTrainEvent
  readonly signal?: AbortSignal
}

export interface TrainResult {
  readonly model: StoredModel
  /** Of the model, as measured when its weights were chosen. */
  readonly validation: Validation
}

/**
 * Trains a network as a recipe says, in a folder from which it can go on after any end: `model.safetensors` is the result.
 * On one device, a run that was ended and resumed gives the same weights as one that was not.
 * @throws UnmaskError `file-exists`, `in-use`, `dataset-*`, `train-diverged`, `checkpoint-invalid`, `file-access`, or the signal's reason
 */
export async function train(recipe: Recipe, out: string, options: TrainOptions): Promise<TrainResult> {
  const { resume = false, cache, device = {}, workers = 2, onEvent = () => {}, signal } = options
  const config = recipeNetwork(recipe)
  checkStages(recipe, config)
  const start = await startWeights(recipe, config)
  const named = typeof recipe.generators === 'string' ? await contentHash(recipe.generators, signal) : ''
  await using folder = await openRunFolder(out, recipe, resume)
  const checkpoint = resume ? await readCheckpoint(folder.checkpoint) : undefined
  const data = await prepareData(recipe, config, { cache, workers, onEvent, ...(signal && { signal }) })
  const identity = identityOf(recipe, start, [named, data.identity])
  if (checkpoint && checkpoint.progress.identity !== identity) {
    throw new UnmaskError(
      'checkpoint-invalid',
      `${out} was begun with another recipe, other start weights or generators, or other data`,
    )
  }
  if (checkpoint) await rewindMetrics(folder.metrics, checkpoint.progress.stage, checkpoint.state.steps)
  else await beginRun(folder, recipe)
  const preparing = { cache, workers, device, onEvent, ...(signal && { signal }) }
  const generators = await recipeGenerators(recipe, data, preparing)
  await using validator = new Validator(data.validation, recipe, { cache, device, onEvent })
  const metadata = { name: recipe.network.preset, recipe: identity }
  const first = checkpoint?.progress.stage ?? 0
  for (const [index, stage] of recipe.stages.entries()) {
    if (index < first) continue
    const weights = index === 0 ? start : (await readModel(folder.stageModel(index - 1))).weights
    const job = {
      recipe,
      stage,
      config,
      pools: data.pools,
      generators,
      cache,
      crops: data.crops,
      contents: data.contents,
    }
    await StageRun.run({
      recipe,
      index,
      config,
      weights,
      ...(checkpoint && index === first && { checkpoint }),
      identity,
      folder,
      validator,
      openLoader: (from) => Loader.open(job, { from, end: stage.steps, workers }),
      device,
      metadata,
      onEvent,
      ...(signal && { signal }),
    })
  }
  const last = recipe.stages.length - 1
  const model = await writeModel(folder.model, await readModel(folder.stageModel(last)))
  return { model, validation: await bestValidation(folder.metrics, last) }
}

async function bestValidation(metrics: string, stageIndex: number): Promise<Validation> {
  const lines = await readMetrics(metrics)
  const best = lines.findLast((line) => line.kind === 'validation' && line.best && line.stageIndex === stageIndex)
  return best?.kind === 'validation' ? { auc: best.auc, watched: best.watched } : { auc: {}, watched: null }
}

/** What a checkpoint belongs to. */
function identityOf(recipe: Recipe, start: Weights, digests: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([recipe, ...digests]))
  for (const [name, { data: values }] of Object.entries(start)) {
    hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return hash.digest('hex')
}
