import { UnmaskError } from '../errors.ts'
import { Graph, gradients, inputsOf, op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { clipShape, network } from './network.ts'
import { objective } from './objective.ts'
import { type AdamW, adamW, clipByNorm, defaultAdamW, globalNorm, scalarInputs } from './optimiser.ts'
import { type Group, type Parameter, Scope } from './scope.ts'

export interface StepOptions {
  /** Clips in a micro-batch. */
  readonly batch: number
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

interface Differentiated {
  readonly scope: Scope
  readonly trained: readonly Parameter[]
  readonly slopes: readonly Value[]
  readonly metrics: Readonly<Record<string, Value>>
}

/**
 * One training step as one graph: forward, losses, backward, clipping, AdamW, running averages.
 * Fed: `clip` [B, 3, T L, H, W], `labels` [B], `weights` [B], `random` [N, N] (random masking), `area` [B, T L, H', W']
 * (mask loss), and the optimiser's scalars. Returns the losses, `logits` and `gradientNorm`.
 */
export function trainingStep(config: NetworkConfig, options: StepOptions): StatefulGraph {
  const { scope, trained, slopes, metrics } = differentiate(config, options)
  const { outputs, norm } = update(scope.graph, trained, slopes, (name) => scope.values.get(name)!, options)
  return stateful({ ...metrics, gradientNorm: norm }, { ...outputs, ...Object.fromEntries(scope.updates) })
}

/** A step over several micro-batches: `accumulate` once for each, then `apply` once. */
export function accumulatedStep(
  config: NetworkConfig,
  options: StepOptions,
): { accumulate: StatefulGraph; apply: StatefulGraph } {
  const { scope, trained, slopes, metrics } = differentiate(config, options)
  // the micro-batch's share of the whole batch
  const share = scope.graph.input('share', 'float32', [])
  const sums = trained.map(({ name, shape }, i) => {
    const before = scope.graph.input(stateNames.sum(name), 'float32', shape)
    return [stateNames.sum(name), op.add(before, op.mul(slopes[i]!, share))] as const
  })
  const accumulate = stateful(metrics, { ...Object.fromEntries(sums), ...Object.fromEntries(scope.updates) })

  const graph = new Graph()
  const total = trained.map(({ name, shape }) => graph.input(stateNames.sum(name), 'float32', shape))
  const shapes = new Map(trained.map(({ name, shape }) => [name, shape]))
  const parameter = (name: string) => graph.input(name, 'float32', shapes.get(name)!)
  const { outputs, norm } = update(graph, trained, total, parameter, options)
  const cleared = trained.map(({ name }, i) => [stateNames.sum(name), op.mul(total[i]!, 0)] as const)
  return { accumulate, apply: stateful({ gradientNorm: norm }, { ...outputs, ...Object.fromEntries(cleared) }) }
}

function differentiate(config: NetworkConfig, { batch, frozen = [] }: StepOptions): Differentiated {
  const graph = new Graph()
  const scope = new Scope(graph, { training: true, frozen })
  const clip = graph.input('clip', 'float32', clipShape(config, batch))
  const targets = {
    labels: graph.input('labels', 'float32', [batch]),
    weights: graph.input('weights', 'float32', [batch]),
  }
  const { regions } = config.attention
  const random = config.relation.masking === 'random' ? graph.input('random', 'float32', [regions, regions]) : undefined
  const built = network(scope, clip, config, random)
  const area = config.loss.mask > 0 ? areaInput(graph, built.features, batch) : undefined
  const losses = objective(scope, built, { ...targets, ...(area && { area }) }, config)
  const trained = [...scope.parameters.values()].filter(({ trained, group }) => trained && !frozen.includes(group))
  if (trained.length === 0) throw new UnmaskError('config-invalid', 'every group is frozen: there is nothing to train')
  const slopes = gradients(
    [losses.total],
    trained.map(({ name }) => scope.values.get(name)!),
  )
  const { total, ...parts } = losses
  const named = Object.entries(parts).map(([name, value]) => [`loss.${name}`, value])
  return { scope, trained, slopes, metrics: { loss: total, ...Object.fromEntries(named), logits: built.logits } }
}

function areaInput(graph: Graph, features: Value, batch: number): Value {
  const [all, , frames, height, width] = features.shape as [number, number, number, number, number]
  return graph.input('area', 'float32', [batch, (all / batch) * frames, height, width])
}

function update(
  graph: Graph,
  trained: readonly Parameter[],
  slopes: readonly Value[],
  parameter: (name: string) => Value,
  { clipNorm, adam = defaultAdamW }: StepOptions,
) {
  const norm = globalNorm(slopes)
  const clipped = clipNorm === undefined ? slopes : clipByNorm(slopes, norm, clipNorm)
  const scalars = scalarInputs(norm)
  const outputs: Record<string, Value> = {}
  trained.forEach(({ name, shape, group }, i) => {
    const m = graph.input(stateNames.moment1(name), 'float32', shape)
    const v = graph.input(stateNames.moment2(name), 'float32', shape)
    const next = adamW(parameter(name), clipped[i]!, m, v, group, scalars, adam)
    outputs[name] = next.weight
    outputs[stateNames.moment1(name)] = next.moment1
    outputs[stateNames.moment2(name)] = next.moment2
  })
  return { outputs, norm }
}

/** New state leaves a graph under `new.<name>`, since inputs and outputs share one space of names. */
function stateful(metrics: Readonly<Record<string, Value>>, state: Readonly<Record<string, Value>>): StatefulGraph {
  const renamed = Object.entries(state).map(([name, value]) => [`new.${name}`, value] as const)
  const outputs = { ...metrics, ...Object.fromEntries(renamed) }
  const updates = Object.fromEntries(Object.keys(state).map((name) => [`new.${name}`, name]))
  return { outputs, stateInputs: inputsOf(Object.values(outputs)).filter((name) => !fed.test(name)), updates }
}

/** Inputs of the step that are not fed at each run. */
const fed = /^(clip|labels|weights|random|area|share|floor|pace\..*|keep\..*)$/
