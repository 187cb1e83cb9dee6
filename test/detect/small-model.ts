import { networkConfig } from '../../src/network/config.ts'
import { decodeModel, encodeModel, type StoredModel } from '../../src/network/model-file.ts'
import { smallNetwork } from '../../src/network/testing/small-network.ts'
import { initialWeights } from '../../src/network/weights.ts'

/** A model with all parts of the real ones, that is quick and knows nothing. */
export function smallModel(): Promise<StoredModel> {
  const config = networkConfig({
    ...smallNetwork,
    input: { snippets: 5, frames: 4, size: 64, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
    backbone: { kind: 'mobilenet-v2', blocks: 5 },
    attention: { ...smallNetwork.attention, regions: 4 },
    loss: { mask: 1 },
  })
  return decodeModel(encodeModel({ config, weights: initialWeights(config, 7), metadata: { name: 'small' } }))
}
