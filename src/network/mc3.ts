import { op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { batchNorm, heNormal, symmetric } from './layers.ts'
import type { Scope } from './scope.ts'

/**
 * MC3-18 (Tran et al. 2018, torchvision's layout): a stem and a first stage that look along time, then stages that
 * look at single frames. Snippets [B, 3, L, H, W] -> features [B, C, L, H / 16, W / 16] (rounded up).
 * Names follow the authors' checkpoints, where the last stage is called `layer`.
 */
export function mc3(scope: Scope, snippet: Value, config: NetworkConfig, widths: readonly number[]): Value {
  const stem = [widths[0]!, 3, 3, 7, 7]
  let x = convolution(scope, 'stem.0', snippet, stem, symmetric([1, 2, 2], [1, 3, 3]))
  x = op.relu(normalised(scope, 'stem.1', x, config))
  const stages = ['layer1', 'layer2', 'layer3', 'layer']
  stages.forEach((name, i) => {
    for (const block of [0, 1]) {
      const stride = i > 0 && block === 0 ? 2 : 1
      x = basicBlock(scope, `${name}.${block}`, x, config, { width: widths[i]!, stride, temporal: i === 0 })
    }
  })
  return x
}

interface BlockOptions {
  readonly width: number
  readonly stride: number
  /** Whether the kernels span three frames or one. */
  readonly temporal: boolean
}

function basicBlock(scope: Scope, name: string, x: Value, config: NetworkConfig, options: BlockOptions): Value {
  const { width, stride, temporal } = options
  const depth = temporal ? 3 : 1
  const padding = [temporal ? 1 : 0, 1, 1]
  const kernel = (inputs: number) => [width, inputs, depth, 3, 3]
  const inputs = x.shape[1]!
  let y = convolution(scope, `${name}.conv1.0`, x, kernel(inputs), symmetric([1, stride, stride], padding))
  y = op.relu(normalised(scope, `${name}.conv1.1`, y, config))
  y = convolution(scope, `${name}.conv2.0`, y, kernel(width), symmetric([1, 1, 1], padding))
  y = normalised(scope, `${name}.conv2.1`, y, config)
  return op.relu(op.add(y, shortcut(scope, name, x, config, options)))
}

function shortcut(scope: Scope, name: string, x: Value, config: NetworkConfig, options: BlockOptions): Value {
  const { width, stride } = options
  if (stride === 1 && x.shape[1] === width) return x
  const kernel = [width, x.shape[1]!, 1, 1, 1]
  const y = convolution(scope, `${name}.downsample.0`, x, kernel, symmetric([1, stride, stride], [0, 0, 0]))
  return normalised(scope, `${name}.downsample.1`, y, config)
}

function convolution(scope: Scope, name: string, x: Value, shape: readonly number[], options: op.ConvOptions): Value {
  return op.conv(x, scope.parameter(`enc.base.${name}.weight`, shape, 'backbone', heNormal(shape)), options)
}

function normalised(scope: Scope, name: string, x: Value, config: NetworkConfig): Value {
  return batchNorm(scope, `enc.base.${name}`, 'backbone', x, config)
}
