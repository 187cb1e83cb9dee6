import { op, type Value } from '../graph/index.ts'
import { addBias, heNormal } from './layers.ts'
import type { Group, Scope } from './scope.ts'

/** Expansion, channels, repeats and first stride of each group of blocks: table 2 of Sandler et al. 2018. */
const table = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const

const blockTable = table.flatMap(([expansion, channels, repeats, stride]) =>
  Array.from({ length: repeats }, (_, i) => ({ expansion, channels, stride: i === 0 ? stride : 1 })),
)

/** Blocks to stride 4, which belong to the stem. */
const stemBlocks = 3

/**
 * MobileNetV2 with batch normalisation folded into weights and biases, and TensorFlow's padding (stride 2 pads after
 * only). Frames [B, 3, H, W] -> [B, C, H', W'] after the given number of blocks.
 */
export function mobilenet(scope: Scope, frames: Value, blocks: number): Value {
  let x = convolution(scope, 'stem', frames, { outputs: 32, kernel: 3, stride: 2, limit: true, group: 'stem' })
  blockTable.slice(0, blocks).forEach(({ expansion, channels, stride }, i) => {
    const name = `blocks.${i + 1}`
    const inputs = x.shape[1]!
    const wide = inputs * expansion
    const group = i < stemBlocks ? 'stem' : 'backbone'
    let y = expansion === 1 ? x : convolution(scope, `${name}.expand`, x, { outputs: wide, limit: true, group })
    y = convolution(scope, `${name}.depthwise`, y, {
      outputs: wide,
      groups: wide,
      kernel: 3,
      stride,
      limit: true,
      group,
    })
    y = convolution(scope, `${name}.project`, y, { outputs: channels, group })
    x = stride === 1 && inputs === channels ? op.add(x, y) : y
  })
  return x
}

interface LayerOptions {
  readonly group: Group
  readonly outputs: number
  readonly kernel?: number
  readonly stride?: number
  readonly groups?: number
  /** ReLU6 after it. */
  readonly limit?: boolean
}

function convolution(scope: Scope, name: string, x: Value, options: LayerOptions): Value {
  const { group, outputs, kernel = 1, stride = 1, groups = 1, limit = false } = options
  const shape = [outputs, x.shape[1]! / groups, kernel, kernel]
  const w = scope.parameter(`enc.${name}.weight`, shape, group, heNormal(shape))
  const bias = scope.parameter(`enc.${name}.bias`, [outputs], group, { kind: 'constant', value: 0 })
  const before = kernel === 3 && stride === 1 ? 1 : 0
  const after = kernel === 3 ? 1 : 0
  const padding = { before: [before, before], after: [after, after] }
  const y = addBias(op.conv(x, w, { strides: [stride, stride], ...padding, groups }), bias)
  return limit ? op.clip(y, 0, 6) : y
}
