import { expect, describe as suite, test } from 'vitest'
import { networkConfig } from './config.ts'
import { describe } from './describe.ts'
import { parametersOf } from './parameters.ts'
import { preset } from './presets.ts'
import { initialWeights } from './weights.ts'

suite("the paper's network", () => {
  const { parameters, macs, weightsBytes, layers } = describe(preset('mrl-mc3'))
  const backbone = layers.filter(({ name }) => name.startsWith('enc.'))

  test("has torchvision's MC3-18 as backbone", () => {
    // torchvision documents 11,695,440 parameters for mc3_18, of which 512 x 400 + 400 are its classifier's.
    expect(parameters.byGroup.stem + parameters.byGroup.backbone).toBe(11_695_440 - 205_200)
    // A snippet of 20 frames of 112 pixels takes 54 G: torchvision documents 43.34 G for 16 frames.
    const perSnippet = backbone.reduce((sum, layer) => sum + layer.macs, 0) / 5
    expect(perSnippet / 1e9).toBeCloseTo(43.343 * (20 / 16), 1)
  })

  test('has 28 million parameters', () => {
    expect(parameters.trained).toBe(28_376_170)
    expect(Object.values(parameters.byGroup).reduce((a, b) => a + b)).toBe(parameters.trained)
    expect(weightsBytes).toBe(4 * parameters.total)
  })

  test('spends its work in layers, but for the relations', () => {
    const inLayers = layers.reduce((sum, layer) => sum + layer.macs, 0)
    expect(inLayers).toBeLessThan(macs)
    expect(inLayers / macs).toBeGreaterThan(0.9999)
  })

  test('names each layer once, with its shape', () => {
    expect(layers[0]).toEqual({
      name: 'enc.base.stem.0',
      operator: 'conv',
      outputShape: [1, 64, 20, 56, 56],
      parameters: 64 * 3 * 3 * 7 * 7,
      macs: 5 * 64 * 20 * 56 * 56 * (3 * 3 * 7 * 7),
      uses: 5,
    })
    const gates = layers.find(({ name }) => name === 'cell.tgcn_layer1.gconv1')
    expect(gates).toMatchObject({
      operator: 'matmul',
      outputShape: [1, 12, 256],
      parameters: (512 + 128 + 1) * 256,
      uses: 5,
    })
    expect(layers.at(-1)).toMatchObject({ name: 'fc', operator: 'matmul', parameters: 2 * 12 * 128 + 2 })
  })
})

test('every kind of relation is described, and counts what its weights hold', () => {
  for (const kind of ['tgcn', 'gru', 'gcn', 'none'] as const) {
    const config = networkConfig({
      input: { frames: 4, size: 128 },
      backbone: { kind: 'mobilenet-v2' },
      attention: { extract: { kernel: 3, stride: 1, padding: 1 }, project: { kernel: 2, stride: 2, padding: 0 } },
      relation: { kind },
      loss: { mask: 0.5 },
    })
    const { parameters, layers, memoryPerClip } = describe(config)
    const numbers = Object.values(initialWeights(config, 1)).reduce((sum, { data }) => sum + data.length, 0)
    expect(parameters.total).toBe(numbers)
    expect(parameters.byGroup.auxiliary).toBe(97)
    const weights = parametersOf(config).filter(({ name }) => /\.weight$/.test(name) && !/^(aux|.*bn)/.test(name))
    expect(layers.map(({ name }) => `${name}.weight`).toSorted()).toEqual(weights.map(({ name }) => name).toSorted())
    // at the least the widest layer's result and what it is made from, of the frames of one snippet
    expect(memoryPerClip).toBeGreaterThanOrEqual(4 * 4 * (96 + 16) * 64 * 64)
  }
})
