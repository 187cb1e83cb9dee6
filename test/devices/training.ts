import { type Provider, toOnnx } from '../../src/graph/index.ts'
import type { NetworkConfig } from '../../src/network/config.ts'
import { defaultAdamW, scalarFeeds } from '../../src/network/optimiser.ts'
import { parametersOf } from '../../src/network/parameters.ts'
import { groups } from '../../src/network/scope.ts'
import {
  accumulatedStep,
  type StatefulGraph,
  stateNames,
  trainedParameters,
  trainingStep,
} from '../../src/network/training-step.ts'
import { Random } from '../../src/tensor/random.ts'
import { float32, type Tensor, zeros } from '../../src/tensor/tensor.ts'
import { usedWeights, waves } from './networks.ts'
import type { Outcome, Place } from './places.ts'

/** What is trained, and how. */
export interface Training {
  readonly name: string
  readonly config: NetworkConfig
  /** Micro-batches a step; default 1. */
  readonly accumulate?: number
}

export const steps = 3
export const rate = 1e-4
const options = { batch: 2, clipNorm: 1 }
const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Trains for three steps: outputs of every run, and all state at the end. @param seed of the data */
export async function train(place: Place, training: Training, provider: Provider, seed: number): Promise<Outcome> {
  const { config, accumulate = 1 } = training
  if (accumulate === 1) {
    const graph = trainingStep(config, options)
    const feeds = range(steps).map((i) => ({ ...dataOf(config, seed, i), ...scalarsOf(config, i) }))
    return place.run({ ...compiled(graph, provider), state: initialState(config, graph.stateInputs), feeds })
  }
  const { accumulate: sum, apply } = accumulatedStep(config, options)
  const share = float32([], [1 / accumulate])
  let outcome: Outcome = { outputs: [], state: initialState(config, [...sum.stateInputs, ...apply.stateInputs]) }
  const run = async (graph: StatefulGraph, feeds: readonly Record<string, Tensor>[]) => {
    const { outputs, state } = await place.run({ ...compiled(graph, provider), state: outcome.state, feeds })
    outcome = { outputs: [...outcome.outputs, ...outputs], state }
  }
  for (const i of range(steps)) {
    const parts = range(accumulate).map((part) => ({ ...dataOf(config, seed, accumulate * i + part), share }))
    await run(sum, parts)
    await run(apply, [scalarsOf(config, i)])
  }
  return outcome
}

function compiled({ outputs, stateInputs, updates }: StatefulGraph, provider: Provider) {
  return { model: toOnnx(outputs, { provider }), options: { stateInputs, updates, training: true } }
}

/** Weights, and moments and gradient sums of zero beside them, as far as a step asks for them. */
function initialState(config: NetworkConfig, wanted: readonly string[]): Record<string, Tensor> {
  const weights = Object.entries(usedWeights(config))
  const others = weights.flatMap(([name, { shape }]) => {
    return Object.values(stateNames).map((named) => [named(name), zeros('float32', shape)] as const)
  })
  return Object.fromEntries([...weights, ...others].filter(([name]) => wanted.includes(name)))
}

function scalarsOf(config: NetworkConfig, step: number): Record<string, Tensor> {
  const trained = trainedParameters(parametersOf(config), {})
  const learning = groups.filter((group) => trained.some((parameter) => parameter.group === group))
  return scalarFeeds({ step: step + 1, rate, decay: 0.01 }, learning, defaultAdamW)
}

function dataOf(config: NetworkConfig, seed: number, i: number): Record<string, Tensor> {
  const { regions } = config.attention
  const random = config.relation.masking === 'random'
  return {
    ...waves(config, options.batch, 100 * seed + i),
    ...(random && { random: new Random(`mask ${seed} ${i}`).uniformTensor([regions, regions]) }),
  }
}
