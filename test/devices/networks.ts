import { type NetworkConfig, type NetworkConfigInput, networkConfig } from '../../src/network/config.ts'
import { clipShape } from '../../src/network/network.ts'
import type { Batch } from '../../src/network/trainer.ts'
import { initialWeights } from '../../src/network/weights.ts'
import { Random } from '../../src/tensor/random.ts'
import { float32, type Tensor } from '../../src/tensor/tensor.ts'

type Sections = Partial<NetworkConfigInput>

const small = {
  input: { snippets: 2, frames: 4, size: 32 },
  attention: {
    regions: 4,
    extract: { kernel: 3, stride: 1, padding: 1 },
    project: { kernel: 2, stride: 2, padding: 0 },
  },
}

/** The paper's network, narrow and for small faces. */
export function narrowMc3(temporal: 'direct' | 'winograd', sections: Sections = {}): NetworkConfig {
  const backbone = { kind: 'mc3', widths: [4, 4, 8, 8], temporal }
  return networkConfig({ ...small, backbone, relation: { width: 8 }, ...sections })
}

/** The light network, cut short, for snippets of two frames. */
export function shortMobilenet(sections: Sections = {}): NetworkConfig {
  const backbone = { kind: 'mobilenet-v2', blocks: 3 }
  return networkConfig({
    ...small,
    input: { ...small.input, frames: 2 },
    backbone,
    relation: { width: 8 },
    ...sections,
  })
}

/** Weights as training could have left them: biases and running statistics are not those of the start. */
export function usedWeights(config: NetworkConfig): Record<string, Tensor> {
  const random = new Random('used')
  const moved = Object.entries(initialWeights(config, 1)).map(([name, value]) => {
    const own = random.fork(name)
    if (/running_mean$|bias$/.test(name)) return [name, own.normalTensor(value.shape, 0, 0.1)]
    if (/running_var$/.test(name)) return [name, own.uniformTensor(value.shape, 0.5, 1.5)]
    return [name, value]
  })
  return Object.fromEntries(moved)
}

/**
 * A batch of waves and noise, half of it fake, weighted unequally; with a forged area if the config asks for one. The
 * clips differ widely: normalising a batch of clips that are alike would blow up the rounding by which devices differ.
 */
export function waves(config: NetworkConfig, batch: number, seed: number): Batch & { readonly weights: Tensor } {
  const random = new Random(`waves ${seed}`)
  const { snippets, frames, size } = config.input
  const clip = random.normalTensor(clipShape(config, batch), 0, 0.3)
  const rows = clip.data.length / size
  for (let i = 0; i < batch; i++) {
    const [pitch, height] = [random.uniform(0.1, 0.9), random.uniform(0.5, 2)]
    for (let row = (i * rows) / batch; row < ((i + 1) * rows) / batch; row++) {
      for (let x = 0; x < size; x++) clip.data[row * size + x]! += height * Math.sin(pitch * (x + row))
    }
  }
  const list = (value: (i: number) => number) =>
    float32(
      [batch],
      Array.from({ length: batch }, (_, i) => value(i)),
    )
  const cells = Math.ceil(size / (config.backbone.kind === 'mc3' ? 16 : 8))
  return {
    clip,
    labels: list((i) => i % 2),
    weights: list((i) => 1 + i / 2),
    ...(config.loss.mask > 0 && { area: random.uniformTensor([batch, snippets * frames, cells, cells]) }),
  }
}
