import { UnmaskError } from '../errors.ts'
import { toFloat32 } from '../tensor/convert.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { type NetworkConfig, networkConfig } from './config.ts'
import { checkWeights } from './weights.ts'

/** What the shapes of a checkpoint do not tell; the defaults are the paper's. */
export interface AuthorsOptions {
  /** Snippets in a clip; default 5. */
  readonly snippets?: number
  /** Frames in a snippet; default 20. */
  readonly frames?: number
  /** Height and width of a crop in pixels; default 112. */
  readonly size?: number
}

/**
 * Takes over a checkpoint of the authors' PyTorch code (saved as safetensors): same names, with or without the prefixes
 * `state_dict.` and `module.`. Widths, regions and kernels come from the shapes, the losses are those of their code.
 * Source: https://doi.org/10.1109/TIFS.2023.3249566 and its public code.
 * @throws UnmaskError `weights-mismatch` listing what is missing, unknown or of another shape; `config-invalid` for
 *   options that make no network
 */
export function importAuthors(
  tensors: Iterable<readonly [string, Tensor]>,
  options: AuthorsOptions = {},
): { config: NetworkConfig; weights: Record<string, Tensor> } {
  const weights = ownNames(tensors)
  const config = inferConfig(weights, options)
  checkWeights(weights, config, "the weights of the authors' checkpoint")
  return { config, weights }
}

function ownNames(tensors: Iterable<readonly [string, Tensor]>): Record<string, Tensor> {
  const weights: Record<string, Tensor> = {}
  for (const [name, tensor] of tensors) {
    const own = name.replace(/^((state_dict|module)\.)+/, '')
    if (own.endsWith('num_batches_tracked')) continue
    if (Object.hasOwn(weights, own)) {
      throw new UnmaskError('tensor-name', `the checkpoint has "${own}" twice, with and without prefix`)
    }
    weights[own] = toFloat32(tensor)
  }
  return weights
}

/** A tensor that is not there gets the paper's size here, and is then reported as missing. */
function inferConfig(weights: Readonly<Record<string, Tensor>>, options: AuthorsOptions): NetworkConfig {
  const size = (name: string, axis: number, otherwise: number) => {
    return (Object.hasOwn(weights, name) ? weights[name]!.shape[axis] : undefined) ?? otherwise
  }
  const channels = size('enc.base.layer.0.conv1.0.weight', 0, 512)
  const hidden = size('atn.conv_extract.weight', 0, channels)
  return networkConfig({
    input: options,
    backbone: {
      kind: 'mc3',
      widths: [
        size('enc.base.stem.0.weight', 0, 64),
        size('enc.base.layer2.0.conv1.0.weight', 0, 128),
        size('enc.base.layer3.0.conv1.0.weight', 0, 256),
        channels,
      ],
    },
    attention: {
      regions: size('edges', 0, 12),
      width: hidden === channels ? null : hidden,
      extract: { kernel: size('atn.conv_extract.weight', 2, 7), stride: 3, padding: 1 },
      project: { kernel: size('atn.conv2.weight', 2, 3), stride: 2, padding: 0 },
    },
    relation: { width: size('cell.tgcn_layer1.gconv2.weight', 1, 128), adjacency: 'binary' },
    loss: { form: 'maps' },
    batchNorm: { statistics: 'snippet' },
  })
}
