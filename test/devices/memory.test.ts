import { expect, test } from 'vitest'
import { Trainer } from '../../src/network/trainer.ts'
import { openDevice } from '../../src/runtime/index.ts'
import { narrowMc3, usedWeights, waves } from './networks.ts'

const growth = 20 // MB, which is noise: a state that is not freed would be 0.3 MB a step

test('training does not take more memory the longer it lasts', async () => {
  const config = narrowMc3('winograd')
  await using device = await openDevice({ device: 'cpu' })
  await using trainer = await Trainer.open(device, config, usedWeights(config), { batch: 2, clipNorm: 1, seed: 1 })
  const batches = [0, 1, 2].map((seed) => waves(config, 2, seed))
  const memoryAfter = async (steps: number) => {
    while (trainer.steps < steps) await trainer.step([batches[trainer.steps % 3]!], { rate: 1e-3, decay: 0.01 })
    return process.memoryUsage().rss / 2 ** 20
  }
  const before = await memoryAfter(50)
  expect((await memoryAfter(200)) - before).toBeLessThan(growth)
})
