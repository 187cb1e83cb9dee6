import { networkConfig } from '../../src/network/config.ts'
import { decodeModel, encodeModel, type StoredModel } from '../../src/network/model-file.ts'
import { initialWeights } from '../../src/network/weights.ts'

/** A model with all parts of the real ones, that is quick and knows nothing. */
export function smallModel(): Promise<StoredModel> {
  const config = networkConfig({
    input: { snippets: 5, frames: 4, size: 64, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
    backbone: { kind: 'mobilenet-v2', blocks: 5 },
    attention: {
      regions: 4,
      width: 8,
      extract: { kernel: 3, stride: 1, padding: 1 },
      project: { kernel: 2, stride: 2, padding: 0 },
    },
    relation: { width: 8 },
    loss: { frame: 1 },
  })
  return decodeModel(encodeModel({ config, weights: initialWeights(config, 7), metadata: { name: 'small' } }))
}
