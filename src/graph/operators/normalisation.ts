import * as op from '../ops.ts'
import type { TensorType, Value } from '../types.ts'
import type { Attributes } from './attributes.ts'
import { demand, demandFloats, type Operator } from './operator.ts'

function demandChannels(inputs: readonly TensorType[], count: number): readonly [TensorType, TensorType] {
  demandFloats(inputs, count)
  const [x, ...rest] = inputs
  demand(x!.shape.length >= 2, 'takes x [B, C, ...]')
  for (const { shape } of rest) demand(`${shape}` === `${x!.shape[1]}`, `[${shape}] is not one number a channel`)
  return [x!, rest[0]!]
}

/** All axes but the channels'. */
const batchAxes = (x: TensorType) => x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))

/** Sum over all but the channels -> [C]. */
const channelSum = (x: Value) => op.reshape(op.sum(x, batchAxes(x)), [x.shape[1]!])

/** Sum of x y over all but the channels -> [C]. */
const channelDot = (x: Value, y: Value) => channelSum(op.mul(x, y))

/** x * scale + bias with one number a channel, as one pass. */
function affine(x: Value, scale: Value, bias: Value): Value {
  return op.normalise(x, scale, bias, op.full(x, scale.shape, 0), op.full(x, scale.shape, 1), 0)
}

const batchNorm: Operator<Attributes['batchNorm']> = {
  infer: (inputs) => {
    const [x, scale] = demandChannels(inputs, 3)
    return [x, scale, scale]
  },
  onnx: (emit, [x, scale, bias], { epsilon }, types) => {
    if (emit.beyondStandard) {
      // With momentum 0 the "running" statistics that come out are those of the batch; what goes in has no weight.
      // But the kernel writes them over its inputs, even over weights: so each node gets buffers of its own.
      const sample = batchAxes(types.inputs[0]!)
      const every = (value: number) => emit.integers(sample.map(() => value))
      const corner = emit.node('Slice', [x!, every(0), every(1), emit.integers(sample)])[0]!
      const first = emit.node('Reshape', [corner, emit.integers([-1])])[0]!
      const second = emit.node('Neg', [first])[0]!
      const attributes = { epsilon: { float: epsilon }, momentum: { float: 0 }, training_mode: { int: 1 } }
      return emit.node('BatchNormalization', [x!, scale!, bias!, first, second], attributes, 3)
    }
    const axes = batchAxes(types.inputs[0]!)
    const average = (value: string) =>
      emit.node('ReduceMean', [value, emit.integers(axes)], { keepdims: { int: 1 } })[0]!
    const flat = (value: string) => emit.node('Reshape', [value, emit.integers([-1])])[0]!
    const mean = average(x!)
    const centred = emit.node('Sub', [x!, mean])[0]!
    const variance = flat(average(emit.node('Mul', [centred, centred])[0]!))
    const inputs = [x!, scale!, bias!, flat(mean), variance]
    return [...emit.node('BatchNormalization', inputs, { epsilon: { float: epsilon } }), flat(mean), variance]
  },
  // With n elements a channel, inv = 1 / sqrt(var + eps), xh = (x - mean) inv:
  //   dscale = sum(dy xh), dbias = sum(dy)
  //   dx = scale inv (dy - dbias / n - xh dscale / n) + dmean / n + 2 dvar (x - mean) / n
  // which is a dy + b x + c with one a, b, c a channel.
  gradient: ({ inputs, outputs, gradients, attributes, needs }) => {
    const [x, scale] = [inputs[0]!, inputs[1]!]
    const [, mean, variance] = outputs as [Value, Value, Value]
    const [dy, dmean, dvariance] = gradients
    const perElement = x.shape[1]! / op.count(x)
    const inverse = op.div(1, op.sqrt(op.add(variance, attributes.epsilon)))
    const dbias = dy && channelSum(dy)
    const dscale = dy && op.mul(op.sub(channelDot(dy, x), op.mul(mean, dbias!)), inverse)
    if (!needs(0)) return [undefined, dscale, dbias]
    const a = op.mul(scale, inverse)
    const terms = [
      ...(dscale ? [op.neg(op.mul(op.mul(a, inverse), dscale))] : []),
      ...(dvariance ? [op.mul(dvariance, 2)] : []),
    ].map((term) => op.mul(term, perElement))
    const b = terms.reduce((left, right) => op.add(left, right), op.full(x, scale.shape, 0))
    const offsets = [
      op.neg(op.mul(b, mean)),
      ...(dbias ? [op.neg(op.mul(op.mul(a, dbias), perElement))] : []),
      ...(dmean ? [op.mul(dmean, perElement)] : []),
    ]
    const c = offsets.reduce((left, right) => op.add(left, right))
    const fromX = affine(x, b, c)
    return [dy ? op.add(affine(dy, a, op.full(x, a.shape, 0)), fromX) : fromX, dscale, dbias]
  },
}

const normalise: Operator<Attributes['normalise']> = {
  infer: (inputs) => [demandChannels(inputs, 5)[0]],
  onnx: (emit, inputs, { epsilon }) => emit.node('BatchNormalization', inputs, { epsilon: { float: epsilon } }),
  // inv = 1 / sqrt(var + eps): dx = scale inv dy, dscale = inv sum(dy (x - mean)), dbias = sum(dy),
  // dmean = -scale inv sum(dy), dvar = -scale inv^3 sum(dy (x - mean)) / 2
  gradient: ({ inputs, gradients, attributes, needs }) => {
    const [x, scale, , mean, variance] = inputs as [Value, Value, Value, Value, Value]
    const dy = gradients[0]!
    const inverse = op.div(1, op.sqrt(op.add(variance, attributes.epsilon)))
    const gain = op.mul(scale, inverse)
    const dbias = () => channelSum(dy)
    const correlation = () => op.sub(channelDot(dy, x), op.mul(mean, dbias()))
    return [
      needs(0) ? affine(dy, gain, op.full(x, gain.shape, 0)) : undefined,
      needs(1) ? op.mul(inverse, correlation()) : undefined,
      needs(2) ? dbias() : undefined,
      needs(3) ? op.neg(op.mul(gain, dbias())) : undefined,
      needs(4) ? op.mul(op.mul(op.mul(gain, op.square(inverse)), correlation()), -0.5) : undefined,
    ]
  },
}

export const normalisation = { batchNorm, normalise }
