import { describe, expect, test } from 'vitest'
import { inputsOf } from '../graph/index.ts'
import { float32, type Tensor, tensor } from '../tensor/tensor.ts'
import { networkConfig } from './config.ts'
import { inference } from './inference.ts'
import { parametersOf } from './parameters.ts'
import { checkWeights, initialWeights } from './weights.ts'

const narrow = {
  input: { frames: 4, size: 32 },
  backbone: { kind: 'mobilenet-v2', blocks: 2 },
  attention: {
    regions: 4,
    extract: { kernel: 3, stride: 1, padding: 1 },
    project: { kernel: 2, stride: 2, padding: 0 },
  },
  relation: { width: 8, adjacency: 'binary' },
}
const config = networkConfig(narrow)

describe('parameters', () => {
  test('are what the network takes, and the mask head where it is trained', () => {
    const names = parametersOf(config).map(({ name }) => name)
    const inputs = inputsOf(Object.values(inference(config, { batch: 1 }))).filter((name) => name !== 'clip')
    expect(names.toSorted()).toEqual(inputs.toSorted())
    const masked = parametersOf(networkConfig({ ...narrow, loss: { mask: 0.5 } }))
    expect(masked.map(({ name }) => name)).toEqual([...names, 'aux.mask.weight', 'aux.mask.bias'])
  })
})

describe('first weights', () => {
  const weights = initialWeights(config, 1)

  test('fit the network; the same seed gives the same', () => {
    checkWeights(weights, config)
    expect(initialWeights(config, 1)).toEqual(weights)
    expect(initialWeights(config, 2)).not.toEqual(weights)
  })

  test('of one part do not depend on the others', () => {
    const other = initialWeights(networkConfig({ ...narrow, attention: { ...narrow.attention, regions: 6 } }), 1)
    expect(other['enc.stem.weight']).toEqual(weights['enc.stem.weight'])
    expect(other.edges).not.toEqual(weights.edges)
  })

  test('are drawn as each parameter asks', () => {
    const values = (name: string) => [...(weights[name]!.data as Float32Array)]
    expect(new Set(values('edges'))).toEqual(new Set([0, 1]))
    expect(new Set(values('bn.running_var'))).toEqual(new Set([1]))
    const limit = 1 / Math.sqrt(weights['fc.weight']!.shape[1]!)
    expect(Math.max(...values('fc.weight').map(Math.abs))).toBeLessThanOrEqual(limit)
    const stem = values('enc.stem.weight')
    const deviation = Math.sqrt(stem.reduce((sum, value) => sum + value ** 2, 0) / stem.length)
    expect(deviation).toBeCloseTo(Math.sqrt(2 / (32 * 9)), 2)
  })
})

describe('weights that do not fit', () => {
  const whole = initialWeights(config, 1)
  const { edges, ...lacking } = whole
  const integers = tensor('int32', [2], new Int32Array(2))
  test.each<[string, Record<string, Tensor>, RegExp]>([
    ['missing', lacking, /^the weights do not fit the network: 1 missing \(edges \[4,4\]\)$/],
    ['unknown', { ...whole, more: edges! }, /: 1 unknown \(more\)$/],
    [
      'misshapen',
      { ...whole, edges: float32([1], [0]) },
      /: 1 of .* shape \(edges float32\[1\], needed float32\[4,4\]\)$/,
    ],
    ['of another type', { ...whole, 'fc.bias': integers }, /\(fc\.bias int32\[2\], needed float32\[2\]\)$/],
    ['all missing', {}, /: \d\d missing \((\S+ \[\S+\], ){5}\.\.\.\)$/],
    ['several at once', { ...lacking, more: integers }, /1 missing \(edges \[4,4\]\); 1 unknown \(more\)$/],
  ])('%s', (_, weights, message) => {
    expect(() => checkWeights(weights, config)).toThrow(
      expect.objectContaining({ code: 'weights-mismatch', message: expect.stringMatching(message) }),
    )
  })
})
