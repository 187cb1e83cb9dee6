/**
 * Convolutions along time with half the multiplications: Winograd's minimal filtering F(4, 3) (Lavin and Gray 2016,
 * section 4.3) along the first spatial axis only. Four results of a filter with three taps need six products instead of
 * twelve; what is transformed is whole frames, so the transforms are plain matrix products over time.
 */
import { float32, type Tensor, zeros } from '../tensor/tensor.ts'
import * as op from './ops.ts'
import type { Value } from './types.ts'

/** Results and products of a tile. */
const [tile, points] = [4, 6]

/** Input, filter and output transforms for the points 0, 1, -1, 2, -2 and infinity. */
const inputTransform = [
  [4, 0, -5, 0, 1, 0],
  [0, -4, -4, 1, 1, 0],
  [0, 4, -4, -1, 1, 0],
  [0, -2, -1, 2, 1, 0],
  [0, 2, -1, -2, 1, 0],
  [0, 4, 0, -5, 0, 1],
]
const filterTransform = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
]
const outputTransform = [
  [1, 1, 1, 1, 1, 0],
  [0, 1, -1, 2, -2, 0],
  [0, 1, 1, 4, 4, 0],
  [0, 1, -1, 8, -8, 1],
]

/**
 * Convolution with stride 1 and the same size out as in: x [B, C, T, H, W], w [O, C, 3, k, k] with odd k
 * -> [B, O, T, H, W]. Agrees with `op.conv` to about 1e-6 of the largest value.
 */
export function temporalConv(x: Value, w: Value): Value {
  const [batch, channels, frames, height, width] = x.shape as [number, number, number, number, number]
  const [outputs, , , kernelHeight, kernelWidth] = w.shape as [number, number, number, number, number]
  const tiles = Math.ceil(frames / tile)
  const [area, kernel] = [height * width, kernelHeight * kernelWidth]

  const filters = op.matmul(constant(x, filterTransform), op.reshape(w, [outputs, channels, 3, kernel]))
  const filterShape = [points * outputs, channels, 1, kernelHeight, kernelWidth]
  const turned = op.reshape(op.transpose(filters, [2, 0, 1, 3]), filterShape)

  const transformed = op.matmul(intoPoints(x, frames, tiles), op.reshape(x, [batch, channels, frames, area]))
  const byPoint = op.transpose(op.reshape(transformed, [batch, channels, points, tiles * area]), [0, 2, 1, 3])
  const side = [(kernelHeight - 1) / 2, (kernelWidth - 1) / 2]
  const products = op.conv(op.reshape(byPoint, [batch, points * channels, tiles, height, width]), turned, {
    strides: [1, 1, 1],
    before: [0, ...side],
    after: [0, ...side],
    groups: points,
  })
  const byChannel = op.transpose(op.reshape(products, [batch, points, outputs, tiles * area]), [0, 2, 1, 3])
  const y = op.matmul(fromPoints(x, frames, tiles), op.reshape(byChannel, [batch, outputs, points * tiles, area]))
  return op.reshape(y, [batch, outputs, frames, height, width])
}

/** [points tiles, frames]: tile i looks at frames 4 i - 1 to 4 i + 4; outside there is nothing. */
function intoPoints(like: Value, frames: number, tiles: number): Value {
  return op.constantLike(
    like,
    filled(points * tiles, frames, (row, frame) => {
      const [point, i] = [Math.floor(row / tiles), row % tiles]
      return inputTransform[point]![frame - (tile * i - 1)] ?? 0
    }),
  )
}

/** [frames, points tiles]. */
function fromPoints(like: Value, frames: number, tiles: number): Value {
  return op.constantLike(
    like,
    filled(frames, points * tiles, (frame, column) => {
      const [point, i] = [Math.floor(column / tiles), column % tiles]
      return Math.floor(frame / tile) === i ? outputTransform[frame % tile]![point]! : 0
    }),
  )
}

function filled(rows: number, columns: number, value: (row: number, column: number) => number): Tensor<'float32'> {
  const matrix = zeros('float32', [rows, columns])
  matrix.data.forEach((_, i, data) => {
    data[i] = value(Math.floor(i / columns), i % columns)
  })
  return matrix
}

function constant(like: Value, matrix: readonly (readonly number[])[]): Value {
  return op.constantLike(like, float32([matrix.length, matrix[0]!.length], matrix.flat()))
}
