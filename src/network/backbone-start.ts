import { toFloat32 } from '../tensor/convert.ts'
import type { Tensor } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { parametersOf } from './parameters.ts'
import { checkWeights, type Weights } from './weights.ts'

/** The network's name of a tensor of a backbone file; undefined for one that the network has no use for. */
type Rename = (name: string) => string | undefined

/**
 * Starts the backbone from weights learnt elsewhere, e.g. on ImageNet or Kinetics-400.
 *
 * For `mobilenet-v2` the names are `stem.weight`, `blocks.1.depthwise.weight`, ... (batch normalisation folded); blocks
 * beyond those in use and `head.*` are left out. For `mc3` they are those of torchvision's video networks, `stem.0.weight`,
 * `layer1.0.conv1.0.weight`, ...; `fc.*` and counters are left out.
 * @param start tensors of any floating type
 * @throws UnmaskError `weights-mismatch` when a tensor of the backbone is missing, unknown or has another shape
 */
export function withBackbone(
  weights: Weights,
  start: Iterable<readonly [string, Tensor]>,
  config: NetworkConfig,
): Record<string, Tensor> {
  const rename = config.backbone.kind === 'mc3' ? renameVideoNetwork : renameMobilenet(config.backbone.blocks)
  const backbone = parametersOf(config).filter(({ group }) => group === 'stem' || group === 'backbone')
  const merged: Record<string, Tensor> = { ...weights }
  // Taken out first, so that what the start lacks is missed.
  for (const { name } of backbone) delete merged[name]
  for (const [name, tensor] of start) {
    const own = rename(name)
    if (own !== undefined) merged[own] = toFloat32(tensor)
  }
  checkWeights(merged, config, `the backbone's weights (${config.backbone.kind})`)
  return merged
}

function renameMobilenet(blocks: number): Rename {
  return (name) => {
    const block = /^blocks\.(\d+)\./.exec(name)?.[1]
    const unused = name.startsWith('head.') || Number(block ?? 0) > blocks
    return unused ? undefined : `enc.${name}`
  }
}

/** The authors call torchvision's `layer4` only `layer`, and so does the network. */
function renameVideoNetwork(name: string): string | undefined {
  if (name.startsWith('fc.') || name.endsWith('.num_batches_tracked')) return undefined
  return `enc.base.${name.replace(/^layer4\./, 'layer.')}`
}
