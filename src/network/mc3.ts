import { op, temporalConv, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { batchNorm, framesApart, framesTogether, heNormal, symmetric } from './layers.ts'
import type { Group, Scope } from './scope.ts'

type Mc3Config = Extract<NetworkConfig['backbone'], { kind: 'mc3' }>

/**
 * MC3-18 (Tran et al. 2018, torchvision's layout): a stem and a first stage that look along time, then stages that
 * look at single frames. Snippets [B, 3, L, H, W] -> features [B, C, L, H / 16, W / 16] (rounded up).
 * Names follow the authors' checkpoints, where the last stage is called `layer`.
 */
export function mc3(scope: Scope, snippet: Value, config: NetworkConfig, { widths, temporal }: Mc3Config): Value {
  const stem = weight(scope, 'stem.0', [widths[0]!, 3, 3, 7, 7])
  let x = op.conv(snippet, stem, symmetric([1, 2, 2], [1, 3, 3]))
  x = op.relu(normalised(scope, 'stem.1', x, config))
  const block = (name: string, width: number, stride: number, time: BlockOptions['time']) => {
    x = basicBlock(scope, name, x, config, { width, stride, time })
  }
  block('layer1.0', widths[0]!, 1, temporal)
  block('layer1.1', widths[0]!, 1, temporal)
  // ONNX Runtime is faster on plain images, but only when the weights are constants
  if (scope.constant) x = framesApart(x)
  for (const [i, stage] of ['layer2', 'layer3', 'layer'].entries()) {
    block(`${stage}.0`, widths[i + 1]!, 2, 'none')
    block(`${stage}.1`, widths[i + 1]!, 1, 'none')
  }
  return scope.constant ? framesTogether(x, snippet.shape[2]!) : x
}

interface BlockOptions {
  readonly width: number
  readonly stride: number
  /** Kernels span three frames, convolved as said, or one. */
  readonly time: Mc3Config['temporal'] | 'none'
}

function basicBlock(scope: Scope, name: string, x: Value, config: NetworkConfig, options: BlockOptions): Value {
  const { width, stride, time } = options
  const kernel = (inputs: number) => [width, inputs, time === 'none' ? 1 : 3, 3, 3]
  const apply = (part: string, input: Value, step: number) => {
    const w = weight(scope, `${name}.${part}`, kernel(input.shape[1]!))
    if (time === 'winograd') return temporalConv(input, w)
    return time === 'direct' ? op.conv(input, w, symmetric([1, 1, 1], [1, 1, 1])) : frameConv(input, w, step, 1)
  }
  let y = apply('conv1.0', x, stride)
  y = op.relu(normalised(scope, `${name}.conv1.1`, y, config))
  y = apply('conv2.0', y, 1)
  y = normalised(scope, `${name}.conv2.1`, y, config)
  return op.relu(op.add(y, shortcut(scope, name, x, config, options)))
}

function shortcut(scope: Scope, name: string, x: Value, config: NetworkConfig, options: BlockOptions): Value {
  const { width, stride } = options
  if (stride === 1 && x.shape[1] === width) return x
  const w = weight(scope, `${name}.downsample.0`, [width, x.shape[1]!, 1, 1, 1])
  const y = frameConv(x, w, stride, 0)
  return normalised(scope, `${name}.downsample.1`, y, config)
}

/** Convolution of single frames, x [B, C, L, H, W] or [B L, C, H, W], with w [O, C, 1, k, k]. */
function frameConv(x: Value, w: Value, stride: number, padding: number): Value {
  if (x.shape.length === 5) return op.conv(x, w, symmetric([1, stride, stride], [0, padding, padding]))
  const [outputs, inputs, , height, width] = w.shape as [number, number, number, number, number]
  return op.conv(x, op.reshape(w, [outputs, inputs, height, width]), symmetric([stride, stride], [padding, padding]))
}

function weight(scope: Scope, name: string, shape: readonly number[]): Value {
  return scope.parameter(`enc.base.${name}.weight`, shape, groupOf(name), heNormal(shape))
}

function normalised(scope: Scope, name: string, x: Value, config: NetworkConfig): Value {
  return batchNorm(scope, `enc.base.${name}`, groupOf(name), x, config)
}

function groupOf(name: string): Group {
  return name.startsWith('stem.') ? 'stem' : 'backbone'
}
