import { op, type Value } from '../graph/index.ts'
import { zeros } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { glorotUniform } from './layers.ts'
import type { Scope } from './scope.ts'

/** A vertex with less than this sum of relations counts as isolated. */
export const leastDegree = 1e-2

/** The learnt relations between regions, [N, N]. */
export function adjacency(scope: Scope, config: NetworkConfig): Value {
  const { regions } = config.attention
  const binary = config.relation.adjacency === 'binary'
  const initial = binary ? ({ kind: 'binary' } as const) : ({ kind: 'uniform', low: 0, high: 1 } as const)
  return scope.parameter('edges', [regions, regions], 'relation', initial)
}

/**
 * Which relations are kept while training: 1 or 0 for each edge. Equations 7 and 8 of Yang et al. 2023.
 * @param random uniform numbers in [0, 1), [N, N]; for random masking
 */
export function relationMask(edges: Value, config: NetworkConfig, random: Value | undefined): Value | undefined {
  const { masking, maskRate } = config.relation
  if (masking === 'minimum') {
    const [low, high] = [op.min(edges), op.max(edges)]
    const threshold = op.add(low, op.mul(op.sub(high, low), maskRate))
    return op.positive(op.sub(edges, threshold))
  }
  if (masking === 'random' && random) return op.sub(1, op.positive(op.sub(maskRate, random)))
  return undefined
}

/**
 * D^-1/2 (A + I)^T D^-1/2 with D the row sums of A + I. A vertex whose relations sum to nothing or less is isolated
 * (a row of zeros) instead of NaN, which the root of its degree would be; the gradient stays finite too.
 */
export function laplacian(edges: Value, mask: Value | undefined): Value {
  const regions = edges.shape[0]!
  const kept = mask ? op.mul(edges, mask) : edges
  const withSelf = op.add(kept, edges.graph.constant(identity(regions)))
  const degree = op.sum(withSelf, [1])
  const connected = op.positive(op.sub(degree, leastDegree))
  const scale = op.div(connected, op.sqrt(op.clip(degree, leastDegree, Infinity)))
  return op.mul(op.transposeLast(op.mul(withSelf, scale)), scale)
}

function identity(size: number) {
  const tensor = zeros('float32', [size, size])
  for (let i = 0; i < size; i++) tensor.data[i * size + i] = 1
  return tensor
}

/** Hidden states of one layer after each snippet, [B, N, D] each. */
export type States = readonly Value[]

/**
 * One layer of a graph-convolutional GRU (T-GCN, Zhao et al. 2019):
 *   [r, u] = sigmoid(L [x, h] W1 + b1), c = tanh(L [x, r h] W2), h' = u h + (1 - u) c
 * @param inputs one [B, N, C] a snippet
 * @param relations L, [N, N]; undefined: each vertex for itself (a plain GRU)
 */
export function recurrentLayer(
  scope: Scope,
  name: string,
  inputs: readonly Value[],
  relations: Value | undefined,
  width: number,
): States {
  const [batch, regions, channels] = inputs[0]!.shape as [number, number, number]
  const matrix = (part: string, columns: number) => {
    const shape = [channels + width, columns] as const
    return scope.parameter(`${name}.${part}.weight`, shape, 'relation', glorotUniform(shape))
  }
  const gateWeight = matrix('gconv1', 2 * width)
  // as T-GCN: gates start half open towards keeping (bias 1)
  const bias = scope.parameter(`${name}.gconv1.bias`, [2 * width], 'relation', { kind: 'constant', value: 1 })
  const candidateWeight = matrix('gconv2', width)
  const spread = (x: Value) => (relations ? op.matmul(relations, x) : x)

  let hidden = op.full(inputs[0]!, [batch, regions, width], 0)
  return inputs.map((x) => {
    const gates = op.sigmoid(op.add(op.matmul(spread(op.concat([x, hidden], 2)), gateWeight), bias))
    const reset = op.sliceAxis(gates, 2, 0, width)
    const update = op.sliceAxis(gates, 2, width, 2 * width)
    const candidate = op.tanh(op.matmul(spread(op.concat([x, op.mul(reset, hidden)], 2)), candidateWeight))
    hidden = op.add(op.mul(update, hidden), op.mul(op.sub(1, update), candidate))
    return hidden
  })
}

/** One graph convolution for each snippet: relu(L x W). */
export function convolutionLayer(
  scope: Scope,
  name: string,
  inputs: readonly Value[],
  relations: Value,
  width: number,
): States {
  const shape = [inputs[0]!.shape[2]!, width] as const
  const weight = scope.parameter(`${name}.gconv.weight`, shape, 'relation', glorotUniform(shape))
  return inputs.map((x) => op.relu(op.matmul(op.matmul(relations, x), weight)))
}
