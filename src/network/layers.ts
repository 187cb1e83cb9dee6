import { type op as Op, op, type Value } from '../graph/index.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { foldIntoConv } from './folding.ts'
import type { Group, Initial, Scope } from './scope.ts'

/** He et al. 2015, by fan-out, for layers followed by ReLU (as torchvision's video networks start). */
export function heNormal(shape: Shape): Initial {
  return { kind: 'normal', deviation: Math.sqrt(2 / (shape[0]! * sizeOf(shape.slice(2)))) }
}

/** PyTorch's default for convolutions and linear layers: uniform within 1 / sqrt(fan-in). */
export function defaultUniform(fanIn: number): Initial {
  const high = 1 / Math.sqrt(fanIn)
  return { kind: 'uniform', low: -high, high }
}

/** Glorot and Bengio 2010, for matrices [in, out]. */
export function glorotUniform([rows, columns]: readonly [number, number]): Initial {
  const high = Math.sqrt(6 / (rows + columns))
  return { kind: 'uniform', low: -high, high }
}

/**
 * Batch normalisation over all axes but 1. A learning part uses the batch's statistics and moves the running ones
 * (unbiased variance, as PyTorch); otherwise the running statistics are used.
 */
export function batchNorm(scope: Scope, name: string, group: Group, x: Value, config: NetworkConfig): Value {
  const { momentum, epsilon } = config.batchNorm
  const channels = [x.shape[1]!]
  const scale = scope.parameter(`${name}.weight`, channels, group, { kind: 'constant', value: 1 })
  const bias = scope.parameter(`${name}.bias`, channels, group, { kind: 'constant', value: 0 })
  const runningMean = scope.statistic(`${name}.running_mean`, channels, group, 0)
  const runningVariance = scope.statistic(`${name}.running_var`, channels, group, 1)
  if (!scope.learns(group)) {
    const folded =
      scope.constant && foldIntoConv(scope, name, x, { scale, bias, runningMean, runningVariance, epsilon })
    return folded || op.normalise(x, scale, bias, runningMean, runningVariance, epsilon)
  }
  const { y, mean, variance } = op.batchNorm(x, scale, bias, epsilon)
  const samples = op.count(x) / channels[0]!
  const moved = (running: Value, batch: Value) => op.add(op.mul(running, 1 - momentum), op.mul(batch, momentum))
  scope.update(`${name}.running_mean`, moved(runningMean, mean))
  const unbiased = op.mul(variance, samples / Math.max(1, samples - 1))
  scope.update(`${name}.running_var`, moved(runningVariance, unbiased))
  return y
}

/** Adds one number a channel. */
export function addBias(x: Value, bias: Value): Value {
  return op.add(x, op.reshape(bias, [bias.shape[0]!, ...x.shape.slice(2).map(() => 1)]))
}

/** Same padding on both sides of each axis. */
export function symmetric(strides: readonly number[], padding: readonly number[], groups = 1): Op.ConvOptions {
  return { strides, before: padding, after: padding, groups }
}

/** Snippets [B, C, L, H, W] -> frames [B L, C, H, W]. */
export function framesApart(x: Value): Value {
  const [batch, channels, frames, height, width] = x.shape as [number, number, number, number, number]
  return op.reshape(op.transpose(x, [0, 2, 1, 3, 4]), [batch * frames, channels, height, width])
}

/** Frames [B L, C, H, W] -> snippets of L frames, [B, C, L, H, W]. */
export function framesTogether(x: Value, frames: number): Value {
  const [all, ...rest] = x.shape as [number, number, number, number]
  return op.transpose(op.reshape(x, [all / frames, frames, ...rest]), [0, 2, 1, 3, 4])
}
