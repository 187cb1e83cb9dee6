import { op, transposedConv, type Value } from '../../graph/index.ts'
import { addBias } from '../../network/layers.ts'
import type { Initial, Scope } from '../../network/scope.ts'
import { type Tensor, zeros } from '../../tensor/tensor.ts'
import type { GeneratorShape, Upsampling } from './shapes.ts'

/** Of leaky ReLU, as in faceswap and DeepFaceLab. */
const slope = 0.1

/**
 * An autoencoder that makes faces anew: what passes from one side to the other is the picture at a low resolution and a
 * few more numbers for each of its pixels; finer detail is made up.
 * @param faces [B, 3, size, size], -1 (black) to 1 (white)
 * @returns the same, not limited
 */
export function generate(
  scope: Scope,
  { size, encoder, code, decoder, upsampling }: GeneratorShape,
  faces: Value,
): Value {
  let x = faces
  encoder.forEach((channels, level) => {
    x = op.leakyRelu(halve(scope, `encoder.${level}`, x, channels), slope)
  })
  const small = resized(faces, averaging(size, 2 ** encoder.length))
  x = op.concat([small, convolution(scope, 'code', x, code, 1, 1)], 1)
  x = op.leakyRelu(convolution(scope, 'decoder', x, decoder[0]!, 3), slope)
  decoder.slice(1).forEach((channels, level) => {
    x = op.leakyRelu(double(scope, `decoder.${level}`, x, channels, upsampling), slope)
  })
  const large = resized(small, interpolating(size, 2 ** encoder.length))
  return op.add(large, convolution(scope, 'output', x, 3, 3, 0.01))
}

/** [B, C, n, n] -> [B, C, m, m] by a matrix [m, n] along both axes. */
function resized(x: Value, matrix: Tensor<'float32'>): Value {
  const weights = op.constantLike(x, matrix)
  return op.matmul(op.matmul(weights, x), weights, { transposeRight: true })
}

/** Means of so many neighbours. */
function averaging(size: number, count: number): Tensor<'float32'> {
  const matrix = zeros('float32', [size / count, size])
  for (let i = 0; i < size; i++) matrix.data[Math.floor(i / count) * size + i] = 1 / count
  return matrix
}

/** Linear interpolation between the middles of elements, beyond the outer ones these. */
function interpolating(size: number, count: number): Tensor<'float32'> {
  const coarse = size / count
  const matrix = zeros('float32', [size, coarse])
  for (let i = 0; i < size; i++) {
    const place = Math.min(Math.max((i + 0.5) / count - 0.5, 0), coarse - 1)
    const first = Math.min(Math.floor(place), Math.max(coarse - 2, 0))
    matrix.data[i * coarse + first]! += 1 - (place - first)
    if (place > first) matrix.data[i * coarse + first + 1]! += place - first
  }
  return matrix
}

/** Half the resolution: 4 x 4, stride 2. */
function halve(scope: Scope, name: string, x: Value, outputs: number): Value {
  const inputs = x.shape[1]!
  const w = parameter(scope, `${name}.weight`, [outputs, inputs, 4, 4], inputs * 16)
  return withBias(scope, name, op.conv(x, w, { strides: [2, 2], before: [1, 1], after: [1, 1] }))
}

function convolution(scope: Scope, name: string, x: Value, outputs: number, kernel: number, gain = 2): Value {
  const inputs = x.shape[1]!
  const w = parameter(scope, `${name}.weight`, [outputs, inputs, kernel, kernel], inputs * kernel * kernel, gain)
  const padding = [(kernel - 1) / 2, (kernel - 1) / 2]
  return withBias(scope, name, op.conv(x, w, { strides: [1, 1], before: padding, after: padding }))
}

/**
 * Of each way to double the resolution: size of the kernel that is learnt, and what it is convolved with to become that
 * of a transposed convolution with stride 2. Repeated elements are ones of length 2; halfway between elements lie those of
 * linear interpolation, which at the edges fall off to zero here. All ways are the same computation, so only their traces differ.
 */
const ways: Readonly<Record<Upsampling, { readonly kernel: number; readonly filter: readonly number[] }>> = {
  nearest: { kernel: 3, filter: [1, 1] },
  bilinear: { kernel: 3, filter: [0.25, 0.75, 0.75, 0.25] },
  shuffle: { kernel: 6, filter: [1] },
  'transposed-4': { kernel: 4, filter: [1] },
  'transposed-3': { kernel: 3, filter: [1] },
}

function double(scope: Scope, name: string, x: Value, outputs: number, upsampling: Upsampling): Value {
  const [, inputs, height, width] = x.shape as [number, number, number, number]
  const { kernel, filter } = ways[upsampling]
  const whole = kernel + filter.length - 1
  // elements, repeated ones counted each, that meet in one of the result
  const summands = inputs * ((kernel * filter.reduce((sum, weight) => sum + weight)) / 2) ** 2
  const learnt = parameter(scope, `${name}.weight`, [inputs, outputs, kernel, kernel], summands)
  const w = filter.length === 1 ? learnt : filtered(learnt, filter)
  const options = { stride: 2, before: Math.floor((whole - 1) / 2), size: [2 * height, 2 * width] }
  return withBias(scope, name, transposedConv(x, w, options))
}

/** Kernels [C, O, k, k], each convolved with the filter along both axes. */
function filtered(w: Value, filter: readonly number[]): Value {
  const [inputs, outputs, kernel] = w.shape as [number, number, number, number]
  const whole = kernel + filter.length - 1
  const matrix = zeros('float32', [kernel ** 2, whole ** 2])
  for (let tap = 0; tap < kernel ** 2; tap++) {
    filter.forEach((down, i) => {
      filter.forEach((across, j) => {
        const place = (Math.floor(tap / kernel) + i) * whole + (tap % kernel) + j
        matrix.data[tap * whole ** 2 + place] = down * across
      })
    })
  }
  const spread = op.matmul(op.reshape(w, [inputs * outputs, kernel ** 2]), op.constantLike(w, matrix))
  return op.reshape(spread, [inputs, outputs, whole, whole])
}

function withBias(scope: Scope, name: string, y: Value): Value {
  const zero: Initial = { kind: 'constant', value: 0 }
  return addBias(y, scope.parameter(`${name}.bias`, [y.shape[1]!], 'backbone', zero))
}

/** He et al. 2015. @param summands of each result */
function parameter(scope: Scope, name: string, shape: readonly number[], summands: number, gain = 2): Value {
  return scope.parameter(name, shape, 'backbone', { kind: 'normal', deviation: Math.sqrt(gain / summands) })
}
