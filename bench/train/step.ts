import { featureSize } from '../../src/network/feature-size.ts'
import { Trainer } from '../../src/network/trainer.ts'
import { initialWeights } from '../../src/network/weights.ts'
import { openDevice } from '../../src/runtime/index.ts'
import { Random } from '../../src/tensor/random.ts'
import { float32 } from '../../src/tensor/tensor.ts'
import type { Recipe } from '../../src/train/recipe.ts'
import { recipeNetwork } from '../../src/train/start.ts'
import { median } from '../median.ts'

/** Frames or clips a second of the step alone: one batch of noise again and again. */
export async function stepAlone(recipe: Recipe, steps: number): Promise<number> {
  const [stage] = recipe.stages as [Recipe['stages'][number]]
  const config = recipeNetwork(recipe)
  const { snippets, frames, size } = config.input
  const length = stage.sees === 'frames' ? 1 : snippets * frames
  const { batch } = stage
  const random = new Random(1)
  const { height, width } = featureSize(config)
  const labels = float32(
    [batch],
    Array.from({ length: batch }, (_, i) => i % 2),
  )
  const fed = {
    clip: random.normalTensor([batch, 3, length, size, size]),
    labels,
    area: random.uniformTensor([batch, length, height, width]),
  }
  await using device = await openDevice({ device: 'cpu' })
  const options = { batch, sees: stage.sees, seed: 1, average: true, clipNorm: 1 }
  await using trainer = await Trainer.open(device, config, initialWeights(config, 1), options)
  const seconds: number[] = []
  for (let step = -2; step < steps; step++) {
    const started = performance.now()
    await trainer.step([fed], { rate: 1e-4, decay: 0.01, keepAverage: 0.9 })
    if (step >= 0) seconds.push((performance.now() - started) / 1000)
  }
  return batch / median(seconds)
}
