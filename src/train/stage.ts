import { UnmaskError } from '../errors.ts'
import type { NetworkConfig } from '../network/config.ts'
import { seesKey } from '../network/judge.ts'
import { writeModel } from '../network/model-file-node.ts'
import { groups } from '../network/scope.ts'
import { Trainer } from '../network/trainer.ts'
import type { Weights } from '../network/weights.ts'
import { type DeviceOptions, openDevice } from '../runtime/index.ts'
import type { OnTrainEvent } from './events.ts'
import type { Loader } from './loader/loader.ts'
import type { Recipe, Stage } from './recipe.ts'
import { type Checkpoint, type Progress, writeCheckpoint } from './run/checkpoint.ts'
import { writeCurves } from './run/curves.ts'
import { appendMetrics } from './run/metrics-log.ts'
import type { RunFolder } from './run/run-folder.ts'
import { writeSamples } from './run/samples.ts'
import { averageKeep, rateShare } from './schedule.ts'
import { numbersOf, StepLog } from './step-log.ts'
import type { Validator } from './validator.ts'

/** What a stage works with. */
export interface StageJob {
  readonly recipe: Recipe
  /** Number of the stage, from 0. */
  readonly index: number
  readonly config: NetworkConfig
  readonly weights: Weights
  /** Where to go on from. */
  readonly checkpoint?: Checkpoint
  readonly identity: string
  readonly folder: RunFolder
  readonly validator: Validator
  /** Opens the loader of this stage's steps from the given one on. */
  readonly openLoader: (from: number) => Promise<Loader>
  readonly device: DeviceOptions
  readonly metadata: Readonly<Record<string, string>>
  readonly onEvent: OnTrainEvent
  readonly signal?: AbortSignal
}

/** Steps between two lines of the log: some two hundred lines a stage. */
const logEvery = (steps: number) => Math.max(1, Math.min(50, Math.round(steps / 200)))

/** One stage of a run, from its start or a checkpoint to its end. */
export class StageRun {
  readonly #job: StageJob
  readonly #stage: Stage
  readonly #trainer: Trainer
  readonly #device: string
  readonly #log = new StepLog()
  #best: number | null
  #sinceBest: number
  #validated: number
  #ended = false
  #saved = performance.now()

  private constructor(job: StageJob, trainer: Trainer, device: string) {
    this.#job = job
    this.#stage = job.recipe.stages[job.index]!
    this.#trainer = trainer
    this.#device = device
    const { best = null, sinceBest = 0, validated = 0 } = job.checkpoint?.progress ?? {}
    this.#best = best
    this.#sinceBest = sinceBest
    this.#validated = validated
  }

  /**
   * Trains until the steps are done, or no validation is better any more; the best weights are then in the folder.
   * @throws UnmaskError `train-diverged`, `checkpoint-invalid`, `file-access`, what making batches throws, or the
   *   signal's reason, after a checkpoint
   */
  static async run(job: StageJob): Promise<void> {
    if (job.checkpoint?.progress.ended) return
    const stage = job.recipe.stages[job.index]!
    await using device = await openDevice(job.device)
    const { clipNorm, average, ...options } = stage
    const trainerOptions = {
      ...options,
      seed: `${job.recipe.seed} ${stage.name}`,
      average: average > 0,
      ...(clipNorm !== null && { clipNorm }),
    }
    await using trainer = await Trainer.open(device, job.config, job.weights, trainerOptions)
    const name = `${device.report.kind}, ${device.report.threads} threads, ${device.report.engine}`
    if (job.checkpoint) {
      const { state, progress } = job.checkpoint
      await trainer.restore(state)
      const otherDevice = progress.device === name ? null : progress.device
      job.onEvent({ kind: 'resumed', stage: stage.name, step: state.steps, otherDevice })
    }
    await new StageRun(job, trainer, name).#toEnd()
  }

  async #toEnd(): Promise<void> {
    const { signal } = this.#job
    await using loader = await this.#job.openLoader(this.#trainer.steps)
    this.#log.restart()
    try {
      while (!this.#ended) {
        // a validation that was broken off comes first
        if (!this.#validationDue()) await this.#step(loader)
        const due = this.#validationDue()
        if (due) await this.#validate()
        const minutes = (performance.now() - this.#saved) / 60_000
        if (due || minutes >= this.#job.recipe.checkpointMinutes) await this.#save()
      }
    } catch (error) {
      // stopped between two steps: nothing of what was learnt is lost
      if (signal?.aborted) await this.#save()
      throw error
    }
  }

  async #step(loader: Loader): Promise<void> {
    const { signal, onEvent, index, folder, config } = this.#job
    const stage = this.#stage
    const before = performance.now()
    const step = this.#trainer.steps
    const batches = await loader.batches(step, signal)
    const waited = performance.now() - before
    if (step === 0) await writeSamples(folder.samples(index), batches, config)
    const rate = stage.rate * rateShare(step, stage)
    const settings = { rate: ratesOf(stage, rate), decay: stage.decay, keepAverage: averageKeep(step, stage.average) }
    // not to be aborted in its midst: what is saved afterwards stands between two steps
    const numbers = numbersOf(await this.#trainer.step(batches, settings))
    const done = this.#trainer.steps
    const bad = Object.entries(numbers).find(([, value]) => !Number.isFinite(value))
    if (bad) this.#diverged(`${bad[0]} is ${bad[1]}`)
    const seen = stage.batch * stage.accumulate
    this.#log.add(numbers, seen, waited)
    const place = { stage: stage.name, stageIndex: index, step: done }
    if (done % logEvery(stage.steps) === 0) {
      await appendMetrics(folder.metrics, { kind: 'train', ...place, rate, ...this.#log.take() })
    }
    onEvent({ kind: 'step', ...place, steps: stage.steps, losses: numbers, seen, sees: stage.sees })
  }

  #diverged(how: string): never {
    throw new UnmaskError('train-diverged', `stage "${this.#stage.name}", step ${this.#trainer.steps}: ${how}`)
  }

  #validationDue(): boolean {
    const { steps, validateEvery } = this.#stage
    const done = this.#trainer.steps
    if (done === this.#validated) return false
    return done >= steps || (validateEvery !== null && done % validateEvery === 0)
  }

  async #validate(): Promise<void> {
    const { validator, folder, index, config, onEvent, signal, metadata } = this.#job
    const stage = this.#stage
    const weights = await (stage.average > 0 ? this.#trainer.averages() : this.#trainer.weights())
    const model = { config, weights, metadata: { ...metadata, [seesKey]: stage.sees } }
    const { auc, watched } = await validator.measure(model, signal)
    // without a measure, later is better
    const best = watched === null || this.#best === null || watched > this.#best
    this.#sinceBest = best ? 0 : this.#sinceBest + 1
    if (best) {
      this.#best = watched
      await writeModel(folder.stageModel(index), model)
    }
    const step = this.#trainer.steps
    this.#validated = step
    const place = { stage: stage.name, stageIndex: index, step }
    await appendMetrics(folder.metrics, { kind: 'validation', ...place, auc, watched, best })
    onEvent({ kind: 'validation', stage: stage.name, step, auc, watched, best })
    const patient = stage.patience === null || this.#sinceBest < stage.patience
    this.#ended = step >= stage.steps || !patient
    if (this.#ended) {
      onEvent({ kind: 'stage-end', stage: stage.name, reason: patient ? 'all steps' : 'no better validation' })
    }
    this.#log.restart()
  }

  async #save(): Promise<void> {
    const { folder, index, identity } = this.#job
    const progress: Progress = {
      identity,
      stage: index,
      best: this.#best,
      sinceBest: this.#sinceBest,
      validated: this.#validated,
      ended: this.#ended,
      device: this.#device,
    }
    const state = await this.#trainer.state()
    const bad = Object.entries(state.tensors).find(([, { data }]) => !(data as Float32Array).every(Number.isFinite))
    if (bad) this.#diverged(`"${bad[0]}" is no number any more`)
    await writeCheckpoint(folder.checkpoint, { progress, state })
    await writeCurves(folder)
    this.#saved = performance.now()
  }
}

function ratesOf({ rates }: Stage, rate: number): Record<string, number> {
  return Object.fromEntries(groups.map((group) => [group, rate * (rates[group] ?? 1)]))
}
