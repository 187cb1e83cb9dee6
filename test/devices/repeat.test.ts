/** The same seed, data and device give the same bits, also across a break. */
import { describe, expect, test } from 'vitest'
import { Trainer, type TrainerState } from '../../src/network/trainer.ts'
import { openDevice, type Tensors } from '../../src/runtime/index.ts'
import { narrowMc3, usedWeights, waves } from './networks.ts'
import { places } from './places.ts'
import { train } from './training.ts'

const config = narrowMc3('winograd', { relation: { width: 8, masking: 'random' } })
const batch = 2

/** Steps up to number `until` on a new device, from the start or from a state. */
async function trainUntil(until: number, from?: TrainerState): Promise<TrainerState & { readonly results: Tensors[] }> {
  await using device = await openDevice({ device: 'cpu' })
  await using trainer = await Trainer.open(device, config, usedWeights(config), { batch, clipNorm: 1, seed: 5 })
  if (from) await trainer.restore(from)
  const results: Tensors[] = []
  while (trainer.steps < until) {
    results.push(await trainer.step([waves(config, batch, trainer.steps)], { rate: 1e-3, decay: 0.01 }))
  }
  return { ...(await trainer.state()), results }
}

/** Bytes, since -0 and 0, or two kinds of NaN, are different bits. */
const bitsOf = (tensors: Tensors) => {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { data }]) => {
      return [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')]
    }),
  )
}

describe("Node's CPU", () => {
  test('two trainings are bit for bit the same', async () => {
    const [one, other] = [await trainUntil(3), await trainUntil(3)]
    expect(bitsOf(other.tensors)).toEqual(bitsOf(one.tensors))
    expect(other.results.map(bitsOf)).toEqual(one.results.map(bitsOf))
    expect(other.random).toEqual(one.random)
  })

  test('a training that was stopped goes on on a new device as if it had not been', async () => {
    const through = await trainUntil(3)
    const { tensors, steps, random } = await trainUntil(1)
    expect(steps).toBe(1)
    expect(bitsOf(tensors)).not.toEqual(bitsOf(through.tensors))
    const rest = await trainUntil(3, { tensors, steps, random })
    expect(bitsOf(rest.tensors)).toEqual(bitsOf(through.tensors))
    expect(rest.results.map(bitsOf)).toEqual(through.results.slice(1).map(bitsOf))
  })
})

const wasm = places.find(({ provider }) => provider === 'wasm')!
describe(wasm.title, () => {
  test.skipIf(wasm.missing !== undefined)('two trainings are bit for bit the same', async () => {
    await using place = await wasm.open()
    const run = () => train(place, { name: 'MC3', config }, 'wasm', 1)
    const [one, other] = [await run(), await run()]
    expect(bitsOf(other.state)).toEqual(bitsOf(one.state))
    expect(other.outputs.map(bitsOf)).toEqual(one.outputs.map(bitsOf))
  })
})
