import { op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { addBias, batchNorm, defaultUniform, symmetric } from './layers.ts'
import type { Scope } from './scope.ts'

/** The facial regions of a snippet. */
export interface Regions {
  /** Where each head looks, [B, N, H, W]. */
  readonly maps: Value
  /** What is there: features weighted by the map, pooled over space and time, of length 1; [B, N, C]. */
  readonly vectors: Value
}

/**
 * Spatio-temporal attention (STA): features [B, C, L, H, W] -> N attention maps and region vectors.
 * Source: Yang et al. 2023, section III-B, with the layers of the authors' code.
 */
export function attend(scope: Scope, features: Value, config: NetworkConfig): Regions {
  const { regions, extract, project } = config.attention
  const [batch, channels, , height, width] = features.shape as [number, number, number, number, number]
  const hidden = config.attention.width ?? channels

  const extractShape = [hidden, channels, extract.kernel, 3, 3]
  const initial = defaultUniform(channels * extract.kernel * 9)
  const extractWeight = scope.parameter('atn.conv_extract.weight', extractShape, 'attention', initial)
  const extractBias = scope.parameter('atn.conv_extract.bias', [hidden], 'attention', initial)
  let x = op.conv(features, extractWeight, symmetric([extract.stride, 1, 1], [extract.padding, 1, 1]))
  x = op.relu(batchNorm(scope, 'atn.bn1', 'attention', addBias(x, extractBias), config))

  const projectShape = [regions, hidden, project.kernel, 1, 1]
  const projectInitial = defaultUniform(hidden * project.kernel)
  const projectWeight = scope.parameter('atn.conv2.weight', projectShape, 'attention', projectInitial)
  x = op.conv(x, projectWeight, symmetric([project.stride, 1, 1], [project.padding, 0, 0]))
  x = batchNorm(scope, 'atn.bn2', 'attention', x, config)

  const maps = op.gelu(op.reshape(op.mean(x, [2]), [batch, regions, height, width]))
  return { maps, vectors: poolRegions(maps, features) }
}

/** V = A . F over space, summed over time first (the map is the same for all frames); rows of length 1. */
function poolRegions(maps: Value, features: Value): Value {
  const [batch, regions, height, width] = maps.shape as [number, number, number, number]
  const channels = features.shape[1]!
  const overTime = op.reshape(op.sum(features, [2]), [batch, channels, height * width])
  const weights = op.reshape(maps, [batch, regions, height * width])
  return op.unit(op.matmul(weights, overTime, { transposeRight: true }), 2)
}
