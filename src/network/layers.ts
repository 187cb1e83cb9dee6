import { type op as Op, op, type Value } from '../graph/index.ts'
import { float32, type Shape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
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

interface Statistics {
  readonly scale: Value
  readonly bias: Value
  readonly runningMean: Value
  readonly runningVariance: Value
  readonly epsilon: number
}

/**
 * Normalisation of a convolution's result as a convolution with other weights and a bias; undefined where x is not the
 * result of a convolution with constant weights. ONNX Runtime would do it too, but once for each use of the weights.
 */
function foldIntoConv(scope: Scope, name: string, x: Value, statistics: Statistics): Value | undefined {
  const convolution = constantConv(x)
  if (!convolution) return undefined
  const { input, w, tensor, before, attributes } = convolution
  const [scale, bias, mean, variance] = [
    statistics.scale,
    statistics.bias,
    statistics.runningMean,
    statistics.runningVariance,
  ].map((value) => constantOf(value)!.data as Float32Array) as [Float32Array, Float32Array, Float32Array, Float32Array]
  const gain = scale.map((s, channel) => s / Math.sqrt(variance[channel]! + statistics.epsilon))
  const each = sizeOf(w.shape.slice(1))
  const weights = scope.derived(`${name} weight`, () => {
    return float32(
      w.shape,
      (tensor.data as Float32Array).map((value, i) => value * gain[Math.floor(i / each)]!),
    )
  })
  const offset = scope.derived(`${name} bias`, () => {
    const values = bias.map((b, channel) => b + ((before?.[channel] ?? 0) - mean[channel]!) * gain[channel]!)
    return float32([w.shape[0]!], values)
  })
  return addBias(op.conv(input, weights, attributes), offset)
}

interface ConstantConv {
  readonly input: Value
  readonly w: Value
  readonly tensor: Tensor
  readonly attributes: Op.ConvOptions
  /** What is added to each channel of its result. */
  readonly before?: Float32Array
}

/** The convolution with constant weights, and perhaps a bias added to it, that x is the result of. */
function constantConv({ node }: Value): ConstantConv | undefined {
  if (node.kind !== 'operator') return undefined
  if (node.operator === 'add') {
    const convolution = constantConv(node.inputs[0]!)
    const bias = constantOf(node.inputs[1]!)
    return convolution && bias && !convolution.before
      ? { ...convolution, before: bias.data as Float32Array }
      : undefined
  }
  if (node.operator !== 'conv') return undefined
  const [input, w] = node.inputs as [Value, Value]
  const tensor = constantOf(w)
  const attributes = node.attributes as Op.ConvOptions
  return tensor && { input, w, tensor, attributes }
}

/** The tensor behind a constant, also when it was given another shape. */
function constantOf({ node }: Value): Tensor | undefined {
  if (node.kind === 'constant') return node.tensor
  return node.kind === 'operator' && node.operator === 'reshape' ? constantOf(node.inputs[0]!) : undefined
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
