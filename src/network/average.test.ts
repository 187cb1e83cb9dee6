import { expect, test } from 'vitest'
import { averageModels } from './average.ts'
import { networkConfig } from './config.ts'
import { decodeModel, encodeModel } from './model-file.ts'
import { smallNetwork } from './testing/small-network.ts'
import { initialWeights } from './weights.ts'

const config = networkConfig(smallNetwork)

const stored = (seed: number, of = config) =>
  decodeModel(encodeModel({ config: of, weights: initialWeights(of, seed), metadata: { name: 'one', recipe: 'x' } }))

test('is the mean of every tensor, and says of which models', async () => {
  const models = await Promise.all([1, 2, 3].map((seed) => stored(seed)))
  const { config: of, weights, metadata } = averageModels(models)
  expect(of).toEqual(config)
  expect(metadata).toEqual({ name: 'one', averageOf: models.map(({ hash }) => hash).join(' ') })
  for (const [name, { data }] of Object.entries(weights)) {
    const at = data.length - 1
    const values = models.map((model) => Number(model.weights[name]!.data[at]))
    expect(Number(data[at])).toBeCloseTo((values[0]! + values[1]! + values[2]!) / 3, 6)
  }
})

test('is of two models or more, and of the same tensors', async () => {
  const one = await stored(1)
  expect(() => averageModels([one])).toThrow(/at least two/)
  const wider = await stored(1, networkConfig({ ...smallNetwork, relation: { width: 16 } }))
  expect(() => averageModels([one, wider])).toThrow(/cell\.tgcn_layer1/)
})
