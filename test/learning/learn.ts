import { toOnnx } from '../../src/graph/index.ts'
import { type NetworkConfig, networkConfig } from '../../src/network/config.ts'
import { inference } from '../../src/network/inference.ts'
import { Trainer } from '../../src/network/trainer.ts'
import { initialWeights } from '../../src/network/weights.ts'
import { openDevice } from '../../src/runtime/index.ts'
import { Random } from '../../src/tensor/random.ts'
import { generateBatch } from './clips.ts'

const batch = 16

/** A small network of all the paper's parts, with the given relation module. */
export function smallNetwork(kind: NetworkConfig['relation']['kind']): NetworkConfig {
  return networkConfig({
    input: { frames: 2, size: 32 },
    backbone: { kind: 'mc3', widths: [8, 12, 16, 24] },
    attention: {
      regions: 8,
      extract: { kernel: 3, stride: 1, padding: 1 },
      project: { kernel: 2, stride: 2, padding: 0 },
    },
    relation: { kind, width: 32, masking: 'random' },
    loss: { diversity: 0.1, consistency: 0 },
  })
}

export interface LearningResult {
  readonly accuracy: number
  readonly steps: number
  readonly seconds: number
}

/** Steps of which the mean loss is looked at, and below which it counts as learnt. */
const [recentSteps, learntLoss] = [40, 0.05]

/**
 * Trains on generated clips until they are learnt, but for no more than `mostSteps`, and measures accuracy on `unseen`
 * others.
 */
export async function learn(
  config: NetworkConfig,
  mostSteps: number,
  unseen: number,
  seed: number,
): Promise<LearningResult> {
  const started = performance.now()
  const random = new Random(seed)
  await using device = await openDevice({ device: 'cpu' })
  await using trainer = await Trainer.open(device, config, initialWeights(config, seed), { batch, clipNorm: 1, seed })
  const training = random.fork('training')
  const losses: number[] = []
  while (trainer.steps < mostSteps && !isLearnt(losses)) {
    const rate = 4e-3 * Math.min(1, (trainer.steps + 1) / 20)
    const result = await trainer.step([generateBatch(config, batch, training)], { rate, decay: 0.01 })
    losses.push(Number(result['loss.classification']!.data[0]))
  }
  const model = toOnnx({ logits: inference(config, { batch, weights: await trainer.weights() }).logits })
  await using program = await device.compile(model)
  const testing = random.fork('testing')
  let right = 0
  for (let done = 0; done < unseen; done += batch) {
    const { clip, labels } = generateBatch(config, batch, testing)
    const { logits } = await program.run({ clip })
    for (let i = 0; i < batch; i++) {
      const fake = Number(logits!.data[2 * i + 1]) > Number(logits!.data[2 * i])
      if (fake === (labels.data[i] === 1)) right += 1
    }
  }
  return { accuracy: right / unseen, steps: trainer.steps, seconds: (performance.now() - started) / 1000 }
}

function isLearnt(losses: readonly number[]): boolean {
  const recent = losses.slice(-recentSteps)
  return recent.length === recentSteps && recent.reduce((sum, loss) => sum + loss, 0) / recentSteps < learntLoss
}
