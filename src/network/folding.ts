import { op, type Value } from '../graph/index.ts'
import { float32, type Shape, sizeOf, type Tensor, tensor as tensorOf } from '../tensor/tensor.ts'
import type { Scope } from './scope.ts'

/** Parameters and running statistics of a batch normalisation, one number a channel. */
export interface Statistics {
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
export function foldIntoConv(scope: Scope, name: string, x: Value, statistics: Statistics): Value | undefined {
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
  const weights = scope.derived(`${name} weight`, () => scaled(w.shape, tensor, gain))
  const offset = scope.derived(`${name} bias`, () => {
    const values = bias.map((b, channel) => b + ((before?.[channel] ?? 0) - mean[channel]!) * gain[channel]!)
    return float32([w.shape[0]!], values)
  })
  return op.add(
    op.conv(input, weights, attributes),
    op.reshape(offset, [w.shape[0]!, ...w.shape.slice(2).map(() => 1)]),
  )
}

/** Weights [O, ...] times one number for each output channel. */
function scaled(shape: Shape, { data }: Tensor, gain: Float32Array): Tensor {
  const result = new Float32Array(data as Float32Array)
  const each = sizeOf(shape.slice(1))
  // a plain loop: there are millions of weights
  for (let channel = 0, i = 0; channel < gain.length; channel++) {
    const factor = gain[channel]!
    for (const end = i + each; i < end; i++) result[i]! *= factor
  }
  return tensorOf('float32', shape, result)
}

interface ConstantConv {
  readonly input: Value
  readonly w: Value
  readonly tensor: Tensor
  readonly attributes: op.ConvOptions
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
  const attributes = node.attributes as op.ConvOptions
  return tensor && { input, w, tensor, attributes }
}

/** The tensor behind a constant, also when it was given another shape. */
function constantOf({ node }: Value): Tensor | undefined {
  if (node.kind === 'constant') return node.tensor
  return node.kind === 'operator' && node.operator === 'reshape' ? constantOf(node.inputs[0]!) : undefined
}
