import { nodesOf, type Value } from '../graph/index.ts'
import { operators } from '../graph/operators/index.ts'
import type { OperatorNode } from '../graph/types.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { inference } from './inference.ts'
import { peakMemory } from './memory.ts'
import { parametersOf } from './parameters.ts'
import { type Group, groups, type Parameter } from './scope.ts'

/** What a network is made of and what it costs. */
export interface Description {
  readonly parameters: {
    /** Numbers that the network keeps, running statistics included. */
    readonly total: number
    /** Those learnt by gradient: what the literature counts. */
    readonly trained: number
    /** Learnt numbers of each part. */
    readonly byGroup: Readonly<Record<Group, number>>
  }
  /** Multiply-accumulates of a detection in one clip: all convolutions and matrix products. */
  readonly macs: number
  /** Estimated peak of intermediate results for one clip, bytes, the clip included, weights apart (see `peakMemory`). */
  readonly memoryPerClip: number
  /** All tensors as float32. */
  readonly weightsBytes: number
  /** Convolutions and products with a weight, in the order in which they are computed. */
  readonly layers: readonly Layer[]
}

export interface Layer {
  /** Name of its weight without `.weight`. */
  readonly name: string
  readonly operator: 'conv' | 'matmul'
  /** Of one use, for one clip; a backbone sees the clip's snippets or frames one after the other or at once. */
  readonly outputShape: Shape
  /** Weight and bias. */
  readonly parameters: number
  /** Of all uses together. */
  readonly macs: number
  /** How often it is applied in a clip: e.g. recurrent layers once a snippet. */
  readonly uses: number
}

/** Counts parameters, work and memory of the inference graph of one clip, without computing anything. */
export function describe(config: NetworkConfig): Description {
  const parameters = parametersOf(config)
  const graph = Object.values(inference(config, { batch: 1 }))
  const trained = parameters.filter((parameter) => parameter.trained)
  const byGroup = groups.map((group) => [group, elements(trained.filter((own) => own.group === group))] as const)
  const operations = nodesOf(Object.values(inference(asDefined(config), { batch: 1 }))).filter(
    (node) => node.kind === 'operator',
  )
  const total = elements(parameters)
  return {
    parameters: {
      total,
      trained: elements(trained),
      byGroup: Object.fromEntries(byGroup) as Record<Group, number>,
    },
    macs: operations.reduce((sum, node) => sum + macsOf(node), 0),
    memoryPerClip: peakMemory(graph, (input) => input === 'clip'),
    weightsBytes: total * Float32Array.BYTES_PER_ELEMENT,
    layers: layersOf(operations, new Map(trained.map((parameter) => [parameter.name, parameter]))),
  }
}

/** The network with every convolution as its definition has it: work is counted before what an algorithm saves. */
function asDefined(config: NetworkConfig): NetworkConfig {
  const { backbone } = config
  return backbone.kind === 'mc3' ? { ...config, backbone: { ...backbone, temporal: 'direct' } } : config
}

function elements(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

function macsOf(node: OperatorNode): number {
  return operators[node.operator].macs?.(node) ?? 0
}

function layersOf(operations: readonly OperatorNode[], trained: ReadonlyMap<string, Parameter>): Layer[] {
  const layers = new Map<string, Layer>()
  for (const node of operations) {
    const { operator } = node
    if (operator !== 'conv' && operator !== 'matmul') continue
    const weight = node.inputs.map(originOf).find((input) => input !== undefined && trained.has(input))
    if (weight === undefined) continue
    const name = weight.replace(/\.weight$/, '')
    const own = [weight, `${name}.bias`].flatMap((part) => trained.get(part) ?? [])
    const before = layers.get(name)
    layers.set(name, {
      name,
      operator,
      outputShape: node.outputs[0]!.shape,
      parameters: elements(own),
      macs: (before?.macs ?? 0) + macsOf(node),
      uses: (before?.uses ?? 0) + 1,
    })
  }
  return [...layers.values()]
}

/** Operators that only move their input's elements. */
const moves = new Set<string>(['reshape', 'transpose', 'flip', 'slice', 'expand'])

/** The graph input that a value is, moved about or not. */
function originOf({ node }: Value): string | undefined {
  if (node.kind === 'input') return node.name
  return node.kind === 'operator' && moves.has(node.operator) ? originOf(node.inputs[0]!) : undefined
}
