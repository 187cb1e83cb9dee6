import { UnmaskError } from '../errors.ts'
import { toOnnx } from '../graph/index.ts'
import type { Device, Program, Tensors } from '../runtime/index.ts'
import { Random, type RandomState } from '../tensor/random.ts'
import { float32, type Tensor, zeros } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { defaultAdamW, type StepRates, scalarFeeds } from './optimiser.ts'
import { parametersOf } from './parameters.ts'
import { type Group, groups } from './scope.ts'
import {
  accumulatedStep,
  type StatefulGraph,
  type StepOptions,
  stateNames,
  trainedParameters,
  trainingStep,
} from './training-step.ts'
import { checkWeights, type Weights } from './weights.ts'

/** One micro-batch of B clips, or of B frames: T L is 1 then. */
export interface Batch {
  /** [B, 3, T L, H, W], normalised as the config says. */
  readonly clip: Tensor
  /** 1 for fake, 0 for real, or between, [B]. */
  readonly labels: Tensor
  /** Weight of each clip in the classification loss, [B]; default: all 1. */
  readonly weights?: Tensor
  /** Forged share of each cell of the feature maps, [B, T L, H', W']; needed when the config weighs the mask loss. */
  readonly area?: Tensor
}

export interface TrainerOptions extends StepOptions {
  /** Micro-batches a step; default 1. With more, gradients are summed before one update. */
  readonly accumulate?: number
  /** Seed of random masking. */
  readonly seed: number | string
}

/** Rates of one step, and what its averages of the weights keep of the averages before it, 0 to 1 (default 0). */
export type StepSettings = Omit<StepRates, 'step'> & { readonly keepAverage?: number }

/** What a step tells: `loss`, its parts, `logits` of the last micro-batch [B, 2] and `gradientNorm`. */
export type StepResult = Tensors

/** All that is needed to go on later as if there had been no break. */
export interface TrainerState {
  readonly tensors: Weights
  readonly steps: number
  readonly random: RandomState
}

/**
 * Trains a network on a device, where weights and optimiser state stay between steps. The same seed, batches and
 * device give the same bits.
 */
export class Trainer implements AsyncDisposable {
  readonly #device: Device
  readonly #programs: readonly Program[]
  readonly #config: NetworkConfig
  readonly #options: TrainerOptions
  readonly #learning: readonly Group[]
  #random: Random
  #steps = 0

  private constructor(device: Device, programs: readonly Program[], config: NetworkConfig, options: TrainerOptions) {
    this.#device = device
    this.#programs = programs
    this.#config = config
    this.#options = options
    this.#learning = learningGroups(config, options)
    this.#random = new Random(options.seed).fork('mask')
  }

  /**
   * @param weights the network's weights; those of the auxiliary heads too where the config weighs their losses
   * @throws UnmaskError `weights-mismatch`, `device-failed`
   */
  static async open(
    device: Device,
    config: NetworkConfig,
    weights: Weights,
    options: TrainerOptions,
  ): Promise<Trainer> {
    checkWeights(weights, config)
    const whole = { ...options, frozen: frozenGroups(options) }
    const graphs = stepGraphs(config, whole)
    await device.write(initialState(config, weights, whole))
    const form = device.report.kind
    const programs: Program[] = []
    for (const { outputs, stateInputs, updates } of graphs) {
      const compile = { stateInputs, updates, training: true, transferModel: true }
      programs.push(await device.compile(toOnnx(outputs, { provider: form }), compile))
    }
    return new Trainer(device, programs, config, whole)
  }

  /** Steps done. */
  get steps(): number {
    return this.#steps
  }

  /**
   * One update from as many micro-batches as `accumulate` says. When it is aborted or fails, weights and moments are as
   * before, but with several micro-batches their gradients may be summed in part: restore a state before going on.
   * @param settings learning rate, of all groups or each, and weight decay
   * @throws UnmaskError `graph-use` for batches of the wrong number, shape or type
   */
  async step(batches: readonly Batch[], settings: StepSettings, signal?: AbortSignal): Promise<StepResult> {
    const { accumulate = 1, adam = defaultAdamW, average } = this.#options
    if (batches.length !== accumulate) {
      throw new UnmaskError('graph-use', `a step takes ${accumulate} micro-batches, not ${batches.length}`)
    }
    const { keepAverage = 0, ...rates } = settings
    const scalars = {
      ...scalarFeeds({ ...rates, step: this.#steps + 1 }, this.#learning, adam),
      ...(average && { 'keep.average': float32([], [keepAverage]) }),
    }
    const run = signal ? { signal } : {}
    const [first, apply] = this.#programs as [Program, Program | undefined]
    const random = this.#random.state
    try {
      let result: Tensors = {}
      for (const batch of batches) {
        const share = apply ? { share: float32([], [1 / accumulate]) } : scalars
        const part = await first.run({ ...this.#feeds(batch), ...share }, run)
        result = mergeResults(result, part, 1 / accumulate)
      }
      if (apply) result = { ...result, ...(await apply.run(scalars, run)) }
      this.#steps += 1
      return result
    } catch (error) {
      this.#random = Random.fromState(random)
      throw error
    }
  }

  /** The weights as they are now, running statistics included. */
  async weights(): Promise<Weights> {
    return this.#device.read(parametersOf(this.#config).map(({ name }) => name))
  }

  /** The weights averaged over the steps; those that do not learn as they are. */
  async averages(): Promise<Weights> {
    const raw = await this.weights()
    const state = await this.#device.read()
    const entries = Object.entries(raw).map(([name, tensor]) => [name, state[stateNames.average(name)] ?? tensor])
    return Object.fromEntries(entries)
  }

  /** Everything that `restore` needs to go on from here. */
  async state(): Promise<TrainerState> {
    return { tensors: await this.#device.read(), steps: this.#steps, random: this.#random.state }
  }

  async restore({ tensors, steps, random }: TrainerState): Promise<void> {
    await this.#device.write(tensors)
    this.#steps = steps
    this.#random = Random.fromState(random)
  }

  /** Frees the compiled steps; the device and its state stay. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of this.#programs) await program.dispose()
  }

  #feeds({ clip, labels, weights, area }: Batch): Record<string, Tensor> {
    const { regions } = this.#config.attention
    const random = this.#programs[0]!.inputs.some(({ name }) => name === 'random')
    return {
      clip,
      labels,
      weights: weights ?? float32(labels.shape, new Float32Array(labels.data.length).fill(1)),
      ...(area && { area }),
      ...(random && { random: this.#random.uniformTensor([regions, regions]) }),
    }
  }
}

/** Frames never reach attention, relations and head. */
function frozenGroups({ frozen = [], sees }: TrainerOptions): readonly Group[] {
  return sees === 'frames' ? [...new Set([...frozen, 'attention', 'relation', 'head'] as const)] : frozen
}

function stepGraphs(config: NetworkConfig, options: TrainerOptions): readonly StatefulGraph[] {
  if ((options.accumulate ?? 1) === 1) return [trainingStep(config, options)]
  const { accumulate, apply } = accumulatedStep(config, options)
  return [accumulate, apply]
}

function learningGroups(config: NetworkConfig, options: StepOptions): readonly Group[] {
  const trained = trainedParameters(parametersOf(config), options)
  return groups.filter((group) => trained.some((parameter) => parameter.group === group))
}

/** Weights, their averages (at first themselves), and moments and gradient sums of zero. */
function initialState(config: NetworkConfig, weights: Weights, options: TrainerOptions): Record<string, Tensor> {
  const state: Record<string, Tensor> = { ...weights }
  const parameters = parametersOf(config)
  if (options.average) {
    const moving = parameters.filter(({ group }) => !options.frozen?.includes(group))
    for (const { name } of moving) state[stateNames.average(name)] = weights[name]!
  }
  for (const { name, shape } of trainedParameters(parameters, options)) {
    state[stateNames.moment1(name)] = zeros('float32', shape)
    state[stateNames.moment2(name)] = zeros('float32', shape)
    if ((options.accumulate ?? 1) > 1) state[stateNames.sum(name)] = zeros('float32', shape)
  }
  return state
}

/** Scalars averaged over micro-batches; of everything else, the last. */
function mergeResults(before: Tensors, part: Tensors, share: number): Tensors {
  const entries = Object.entries(part).map(([name, tensor]) => {
    if (tensor.shape.length > 0) return [name, tensor]
    const sum = Number(before[name]?.data[0] ?? 0) + Number(tensor.data[0]) * share
    return [name, float32([], [sum])]
  })
  return Object.fromEntries(entries)
}
