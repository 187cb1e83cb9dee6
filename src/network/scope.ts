import { UnmaskError } from '../errors.ts'
import type { Graph, Value } from '../graph/index.ts'
import type { Shape, Tensor } from '../tensor/tensor.ts'

/**
 * Parts of the network that can have learning rates of their own or be frozen. `stem`: the backbone's first layers, which see
 * the most pixels: most of the time of a step goes into them.
 */
export const groups = ['stem', 'backbone', 'attention', 'relation', 'head', 'auxiliary'] as const
export type Group = (typeof groups)[number]

/** How the first values of a parameter are drawn. */
export type Initial =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'binary' }

/** A named tensor of the network: trained by gradient, or a running statistic. */
export interface Parameter {
  readonly name: string
  readonly shape: Shape
  readonly initial: Initial
  readonly group: Group
  readonly trained: boolean
}

export interface ScopeOptions {
  readonly training: boolean
  /** Weights to write into the graph as constants; without them every parameter is an input of the graph. */
  readonly weights?: Readonly<Record<string, Tensor>>
  /** Groups that keep their weights: no gradient, and running statistics instead of those of the batch. */
  readonly frozen?: readonly Group[]
}

/**
 * Where the network's parts get their parameters. The one definition of the network serves training (parameters are
 * inputs) and inference (constants); what it asks for is recorded, which gives the list of parameters.
 */
export class Scope {
  readonly graph: Graph
  readonly parameters = new Map<string, Parameter>()
  readonly #options: ScopeOptions
  readonly #values = new Map<string, Value>()
  readonly #updates = new Map<string, Value>()
  readonly #derived = new Map<string, Value>()

  constructor(graph: Graph, options: ScopeOptions) {
    this.graph = graph
    this.#options = options
  }

  /** Whether parameters are constants of the graph. */
  get constant(): boolean {
    return this.#options.weights !== undefined
  }

  get training(): boolean {
    return this.#options.training
  }

  /** Whether a part learns: batch statistics are used and gradients wanted. */
  learns(group: Group): boolean {
    return this.#options.training && !this.#options.frozen?.includes(group)
  }

  /** A parameter learnt by gradient. Asking twice gives the same value. */
  parameter(name: string, shape: Shape, group: Group, initial: Initial): Value {
    return this.#declare({ name, shape, group, initial, trained: true })
  }

  /** A constant computed from weights, made once however often it is used. */
  derived(name: string, make: () => Tensor): Value {
    const known = this.#derived.get(name)
    const value = known ?? this.graph.constant(make(), name)
    this.#derived.set(name, value)
    return value
  }

  /** A running statistic as it stands: the last update, or the value before this step. */
  statistic(name: string, shape: Shape, group: Group, value: number): Value {
    const declared = this.#declare({ name, shape, group, initial: { kind: 'constant', value }, trained: false })
    return this.#updates.get(name) ?? declared
  }

  /** Sets what a running statistic becomes after this step. */
  update(name: string, value: Value): void {
    this.#updates.set(name, value)
  }

  /** Values of the parameters, by name. */
  get values(): ReadonlyMap<string, Value> {
    return this.#values
  }

  /** New values of the running statistics, by name. */
  get updates(): ReadonlyMap<string, Value> {
    return this.#updates
  }

  #declare(parameter: Parameter): Value {
    const { name, shape } = parameter
    const known = this.#values.get(name)
    if (known) return known
    const value = this.#options.weights ? this.#constant(name, shape) : this.graph.input(name, 'float32', shape)
    this.parameters.set(name, parameter)
    this.#values.set(name, value)
    return value
  }

  #constant(name: string, shape: Shape): Value {
    const weights = this.#options.weights!
    const tensor = Object.hasOwn(weights, name) ? weights[name] : undefined
    if (!tensor) throw new UnmaskError('weights-mismatch', `the weights lack "${name}" [${shape}]`)
    if (`${tensor.shape}` !== `${shape}`) {
      throw new UnmaskError('weights-mismatch', `"${name}" is [${tensor.shape}], the network needs [${shape}]`)
    }
    return this.graph.constant(tensor, name)
  }
}
