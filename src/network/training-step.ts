import { UnmaskError } from '../errors.ts'
import { Graph, gradients, inputsOf, op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { clipShape, network } from './network.ts'
import { objective } from './objective.ts'
import { type AdamW, adamW, clipByNorm, defaultAdamW, globalNorm, scalarInputs } from './optimiser.ts'
import { type Group, type Parameter, Scope } from './scope.ts'

export interface StepOptions extends DescentOptions {
  /** Clips in a micro-batch. */
  readonly batch: number
}

/** What any training step can be told. */
export interface DescentOptions {
  /** Groups that keep their weights. */
  readonly frozen?: readonly Group[]
  /** Limit of the global gradient norm; default: none. */
  readonly clipNorm?: number
  readonly adam?: AdamW
}

/** A graph that reads and replaces named state, besides what it is fed and returns. */
export interface StatefulGraph {
  /** Values to compute, by output name: metrics and new state. */
  readonly outputs: Readonly<Record<string, Value>>
  /** Inputs that are state. */
  readonly stateInputs: readonly string[]
  /** Output name -> state that it replaces. */
  readonly updates: Readonly<Record<string, string>>
}

/** Names of a parameter's optimiser state and gradient sum. */
export const stateNames = {
  moment1: (name: string) => `moment1.${name}`,
  moment2: (name: string) => `moment2.${name}`,
  sum: (name: string) => `sum.${name}`,
}

/** A loss over a scope's parameters, and what else a step should tell. */
export interface Learning {
  readonly scope: Scope
  /** Scalar to be made small. */
  readonly loss: Value
  readonly metrics: Readonly<Record<string, Value>>
}

/**
 * One training step as one graph: forward, losses, backward, clipping, AdamW, running averages.
 * Fed: `clip` [B, 3, T L, H, W], `labels` [B], `weights` [B], `random` [N, N] (random masking), `area` [B, T L, H', W']
 * (mask loss), and the optimiser's scalars. Returns the losses, `logits` and `gradientNorm`.
 */
export function trainingStep(config: NetworkConfig, options: StepOptions): StatefulGraph {
  return descend(learning(config, options), options)
}

/** One step down the gradient of any loss. Returns its metrics, `loss` and `gradientNorm`. */
export function descend({ scope, loss, metrics }: Learning, options: DescentOptions): StatefulGraph {
  const trained = trainedParameters(scope.parameters.values(), options)
  const slopes = slopesOf(scope, loss, trained)
  const { state, norm } = update(scope.graph, trained, slopes, (name) => scope.values.get(name)!, options)
  return stateful({ loss, ...metrics, gradientNorm: norm }, { ...state, ...Object.fromEntries(scope.updates) }, [
    ...scope.parameters.keys(),
    ...trained.flatMap(({ name }) => [stateNames.moment1(name), stateNames.moment2(name)]),
  ])
}

/** A step over several micro-batches: `accumulate` once for each, then `apply` once. */
export function accumulatedStep(
  config: NetworkConfig,
  options: StepOptions,
): { accumulate: StatefulGraph; apply: StatefulGraph } {
  const { scope, loss, metrics } = learning(config, options)
  const trained = trainedParameters(scope.parameters.values(), options)
  const slopes = slopesOf(scope, loss, trained)
  const names = [
    ...scope.parameters.keys(),
    ...trained.flatMap(({ name }) => Object.values(stateNames).map((of) => of(name))),
  ]
  // the micro-batch's share of the whole batch
  const share = scope.graph.input('share', 'float32', [])
  const sums = trained.map(({ name, shape }, i) => {
    const before = scope.graph.input(stateNames.sum(name), 'float32', shape)
    return [stateNames.sum(name), op.add(before, op.mul(slopes[i]!, share))] as const
  })
  const summed = { ...Object.fromEntries(sums), ...Object.fromEntries(scope.updates) }
  const accumulate = stateful({ loss, ...metrics }, summed, names)

  const graph = new Graph()
  const input = ({ shape }: Parameter, name: string) => graph.input(name, 'float32', shape)
  const totals = trained.map((parameter) => input(parameter, stateNames.sum(parameter.name)))
  const weights = new Map(trained.map((parameter) => [parameter.name, input(parameter, parameter.name)]))
  const { state, norm } = update(graph, trained, totals, (name) => weights.get(name)!, options)
  const cleared = trained.map(({ name }, i) => [stateNames.sum(name), op.mul(totals[i]!, 0)] as const)
  const apply = stateful({ gradientNorm: norm }, { ...state, ...Object.fromEntries(cleared) }, names)
  return { accumulate, apply }
}

/** The network's loss as the config weighs it. */
function learning(config: NetworkConfig, { batch, frozen = [] }: StepOptions): Learning {
  const graph = new Graph()
  const scope = new Scope(graph, { training: true, frozen })
  const clip = graph.input('clip', 'float32', clipShape(config, batch))
  const labels = graph.input('labels', 'float32', [batch])
  const weights = graph.input('weights', 'float32', [batch])
  const { regions } = config.attention
  const random = config.relation.masking === 'random' ? graph.input('random', 'float32', [regions, regions]) : undefined
  const built = network(scope, clip, config, random)
  const area = config.loss.mask > 0 ? areaInput(graph, built.features, batch) : undefined
  const { total, ...parts } = objective(scope, built, { labels, weights, ...(area && { area }) }, config)
  const named = Object.entries(parts).map(([name, value]) => [`loss.${name}`, value])
  return { scope, loss: total, metrics: { ...Object.fromEntries(named), logits: built.logits } }
}

function areaInput(graph: Graph, features: readonly Value[], batch: number): Value {
  const snippets = features.reduce((sum, piece) => sum + piece.shape[0]!, 0) / batch
  const [, , frames, height, width] = features[0]!.shape as [number, number, number, number, number]
  return graph.input('area', 'float32', [batch, snippets * frames, height, width])
}

/** Parameters that learn. */
export function trainedParameters(
  parameters: Iterable<Parameter>,
  { frozen = [] }: DescentOptions,
): readonly Parameter[] {
  return [...parameters].filter(({ trained, group }) => trained && !frozen.includes(group))
}

function slopesOf(scope: Scope, loss: Value, trained: readonly Parameter[]): Value[] {
  if (trained.length === 0) throw new UnmaskError('config-invalid', 'every group is frozen: there is nothing to train')
  return gradients(
    [loss],
    trained.map(({ name }) => scope.values.get(name)!),
  )
}

function update(
  graph: Graph,
  trained: readonly Parameter[],
  slopes: readonly Value[],
  parameter: (name: string) => Value,
  { clipNorm, adam = defaultAdamW }: DescentOptions,
) {
  const norm = globalNorm(slopes)
  const clipped = clipNorm === undefined ? slopes : clipByNorm(slopes, norm, clipNorm)
  const scalars = scalarInputs(norm)
  const state: Record<string, Value> = {}
  trained.forEach(({ name, shape, group }, i) => {
    const m = graph.input(stateNames.moment1(name), 'float32', shape)
    const v = graph.input(stateNames.moment2(name), 'float32', shape)
    const next = adamW(parameter(name), clipped[i]!, m, v, group, scalars, adam)
    state[name] = next.weight
    state[stateNames.moment1(name)] = next.moment1
    state[stateNames.moment2(name)] = next.moment2
  })
  return { state, norm }
}

/**
 * New state leaves a graph under `new.<name>`, since inputs and outputs share one space of names.
 * @param names everything that is state: the inputs of these names are not fed
 */
function stateful(
  metrics: Readonly<Record<string, Value>>,
  state: Readonly<Record<string, Value>>,
  names: readonly string[],
): StatefulGraph {
  const renamed = Object.entries(state).map(([name, value]) => [`new.${name}`, value] as const)
  const outputs = { ...metrics, ...Object.fromEntries(renamed) }
  const updates = Object.fromEntries(Object.keys(state).map((name) => [`new.${name}`, name]))
  const kept = new Set(names)
  return { outputs, stateInputs: inputsOf(Object.values(outputs)).filter((name) => kept.has(name)), updates }
}
