/** The trainer on WebGPU: two programs share a state that stays on the device. */
import { describe, expect, test } from 'vitest'
import { Trainer } from '../../src/network/trainer.ts'
import { openDevice, type Tensors } from '../../src/runtime/index.ts'
import { differencesOf, onSomeData } from './agreement.ts'
import { narrowMc3, usedWeights, waves } from './networks.ts'
import { type Outcome, places } from './places.ts'
import { rate, steps } from './training.ts'

const config = narrowMc3('direct')
const options = { batch: 2, accumulate: 2, clipNorm: 1, seed: 1 }

async function train(device: 'cpu' | 'webgpu', seed: number): Promise<Outcome> {
  await using opened = await openDevice({ device })
  await using trainer = await Trainer.open(opened, config, usedWeights(config), options)
  const outputs: Tensors[] = []
  while (trainer.steps < steps) {
    const batches = [0, 1].map((part) => waves(config, options.batch, 100 * seed + 2 * trainer.steps + part))
    outputs.push(await trainer.step(batches, { rate, decay: 0.01 }))
  }
  return { outputs, state: (await trainer.state()).tensors }
}

const node = places.find(({ name }) => name === 'WebGPU in Node')!
describe(node.title, () => {
  test.skipIf(node.missing !== undefined)(
    'two micro-batches a step, as on the CPU',
    async () => {
      const differences = async (seed: number) => differencesOf(await train('webgpu', seed), await train('cpu', seed))
      expect(await onSomeData(differences)).toEqual([])
    },
    300_000,
  )
})
