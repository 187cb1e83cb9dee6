import { UnmaskError } from '../errors.ts'
import { Graph, gradients, inputsOf, op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { backbone, clipShape, framesShape, network } from './network.ts'
import { frameObjective, objective } from './objective.ts'
import { type AdamW, adamW, averaged, clipByNorm, defaultAdamW, globalNorm, scalarInputs } from './optimiser.ts'
import { type Group, type Parameter, Scope } from './scope.ts'

/** What a network learns from: whole clips, or single frames, which only backbone and auxiliary heads see. */
export type Seen = 'clips' | 'frames'

export interface StepOptions extends DescentOptions {
  /** Clips, or frames, in a micro-batch. */
  readonly batch: number
  /** Default: clips. Learning from frames needs a config that weighs the forged area. */
  readonly sees?: Seen
}

/** What any training step can be told. */
export interface DescentOptions {
  /** Groups that keep their weights. */
  readonly frozen?: readonly Group[]
  /** Limit of the global gradient norm; default: none. */
  readonly clipNorm?: number
  readonly adam?: AdamW
  /** Whether to keep averages of the weights over the steps. */
  readonly average?: boolean
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

/** Names of a parameter's optimiser state, gradient sum and average. */
export const stateNames = {
  moment1: (name: string) => `moment1.${name}`,
  moment2: (name: string) => `moment2.${name}`,
  sum: (name: string) => `sum.${name}`,
  average: (name: string) => `average.${name}`,
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
 * (mask loss), and the optimiser's scalars. Returns the losses, `logits` and `gradientNorm`. Learning from frames, `clip`
 * is [B, 3, 1, H, W] and `area` [B, 1, H', W'].
 */
export function trainingStep(config: NetworkConfig, options: StepOptions): StatefulGraph {
  return descend(learning(config, options), options)
}

/** One step down the gradient of any loss. Returns its metrics, `loss` and `gradientNorm`. */
export function descend({ scope, loss, metrics }: Learning, options: DescentOptions): StatefulGraph {
  const parameters = [...scope.parameters.values()]
  const trained = trainedParameters(parameters, options)
  const slopes = slopesOf(scope, loss, trained)
  const { state, norm } = update(scope.graph, trained, slopes, (name) => scope.values.get(name)!, options)
  const next = { ...state, ...Object.fromEntries(scope.updates) }
  const averages = options.average ? averagesOf(scope.graph, parameters, next) : {}
  return stateful({ loss, ...metrics, gradientNorm: norm }, { ...next, ...averages }, [
    ...parameters.map(({ name }) => name),
    ...trained.flatMap(({ name }) => [stateNames.moment1(name), stateNames.moment2(name)]),
    ...Object.keys(averages),
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
  const parameters = [...scope.parameters.values()]
  const names = [
    ...parameters.map(({ name }) => name),
    ...parameters.flatMap(({ name }) => Object.values(stateNames).map((of) => of(name))),
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
  const moved = parameters.filter(({ name }) => scope.updates.has(name))
  const statistics = moved.map((parameter) => [parameter.name, input(parameter, parameter.name)] as const)
  const next = { ...Object.fromEntries(statistics), ...state }
  const averages = options.average ? averagesOf(graph, parameters, next) : {}
  const apply = stateful({ gradientNorm: norm }, { ...state, ...Object.fromEntries(cleared), ...averages }, names)
  return { accumulate, apply }
}

/** The loss as the config weighs it. */
function learning(config: NetworkConfig, options: StepOptions): Learning {
  return options.sees === 'frames' ? learningFrames(config, options) : learningClips(config, options)
}

function learningFrames(config: NetworkConfig, { batch, frozen = [] }: StepOptions): Learning {
  if (config.loss.mask === 0) {
    throw new UnmaskError(
      'config-invalid',
      'frames are judged by their forged area: to learn from them set loss.mask above 0',
    )
  }
  const graph = new Graph()
  const scope = new Scope(graph, { training: true, frozen })
  const features = backbone(scope, graph.input('clip', 'float32', framesShape(config, batch)), config)
  const [, , , height, width] = features.shape as [number, number, number, number, number]
  const targets = { ...classTargets(graph, batch), area: graph.input('area', 'float32', [batch, 1, height, width]) }
  const { total, logits, ...parts } = frameObjective(scope, features, targets, config)
  return { scope, loss: total, metrics: { ...lossMetrics(parts), logits } }
}

function learningClips(config: NetworkConfig, { batch, frozen = [] }: StepOptions): Learning {
  const graph = new Graph()
  const scope = new Scope(graph, { training: true, frozen })
  const clip = graph.input('clip', 'float32', clipShape(config, batch))
  const { regions } = config.attention
  const random = config.relation.masking === 'random' ? graph.input('random', 'float32', [regions, regions]) : undefined
  const built = network(scope, clip, config, random)
  const area = config.loss.mask > 0 ? areaInput(graph, built.features, batch) : undefined
  const targets = { ...classTargets(graph, batch), ...(area && { area }) }
  const { total, ...parts } = objective(scope, built, targets, config)
  return { scope, loss: total, metrics: { ...lossMetrics(parts), logits: built.logits } }
}

function classTargets(graph: Graph, batch: number) {
  return { labels: graph.input('labels', 'float32', [batch]), weights: graph.input('weights', 'float32', [batch]) }
}

function lossMetrics(parts: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [`loss.${name}`, value]))
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
 * Averages of everything that a step changes, by their state names.
 * @param next new values, by parameter
 */
function averagesOf(
  graph: Graph,
  parameters: readonly Parameter[],
  next: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const changed = parameters.filter(({ name }) => name in next)
  const keep = graph.input('keep.average', 'float32', [])
  const entries = changed.map(({ name, shape }) => {
    const average = stateNames.average(name)
    return [average, averaged(graph.input(average, 'float32', shape), next[name]!, keep)]
  })
  return Object.fromEntries(entries)
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
