import { describe, expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { readSafetensors } from '../tensor/safetensors-file.ts'
import { float32, type Tensor, tensor } from '../tensor/tensor.ts'
import { withBackbone } from './backbone-start.ts'
import { networkConfig } from './config.ts'
import { checkWeights, initialWeights } from './weights.ts'

const file = sharedFile('weights/mobilenet_v2_imagenet.safetensors')
const mismatch = (message: RegExp) =>
  expect.objectContaining({ code: 'weights-mismatch', message: expect.stringMatching(message) })

describe.skipIf(!file)('MobileNetV2 from ImageNet (needs ../shared/weights)', () => {
  const config = networkConfig({ backbone: { kind: 'mobilenet-v2', blocks: 13 } })
  const fresh = initialWeights(config, 1)

  test('replaces the backbone and nothing else', async () => {
    const { tensors } = await readSafetensors(file!)
    const weights = withBackbone(fresh, tensors, config)
    checkWeights(weights, config)
    expect(weights['enc.stem.weight']).toEqual(tensors.get('stem.weight'))
    expect(weights['enc.blocks.13.project.bias']).toEqual(tensors.get('blocks.13.project.bias'))
    expect(weights['fc.weight']).toBe(fresh['fc.weight'])
  })

  test.each<[string, (tensors: Map<string, Tensor>) => unknown, RegExp]>([
    ['lacks a tensor', (tensors) => tensors.delete('stem.bias'), /mobilenet-v2.*1 missing \(enc\.stem\.bias \[32\]\)$/],
    ['has another shape', (tensors) => tensors.set('stem.bias', float32([1], [0])), /enc\.stem\.bias float32\[1\]/],
    ['is of another network', (tensors) => tensors.set('layer1.0.weight', float32([1], [0])), /unknown \(enc\.layer1/],
  ])('a start that %s', async (_, change, message) => {
    const tensors = new Map((await readSafetensors(file!)).tensors)
    change(tensors)
    expect(() => withBackbone(fresh, tensors, config)).toThrow(mismatch(message))
  })
})

describe("torchvision's MC3", () => {
  const config = networkConfig({
    input: { size: 32 },
    backbone: { kind: 'mc3', widths: [4, 4, 4, 4] },
  })
  const donor = initialWeights(config, 7)
  /** As torchvision's `mc3_18().state_dict()` names them. */
  const theirs = new Map<string, Tensor>([
    ...Object.entries(donor).flatMap(([name, value]): [string, Tensor][] =>
      name.startsWith('enc.base.') ? [[name.slice('enc.base.'.length).replace(/^layer\./, 'layer4.'), value]] : [],
    ),
    ['stem.1.num_batches_tracked', tensor('int64', [], BigInt64Array.of(9n))],
    ['fc.weight', float32([1, 4], [1, 2, 3, 4])],
    ['fc.bias', float32([1], [1])],
  ])

  test('starts the backbone, its last stage as `layer`', () => {
    expect(theirs.has('layer4.1.conv2.1.running_var')).toBe(true)
    const fresh = initialWeights(config, 1)
    const weights = withBackbone(fresh, theirs, config)
    expect(weights['enc.base.layer.1.conv2.0.weight']).toEqual(donor['enc.base.layer.1.conv2.0.weight'])
    expect(weights['enc.base.stem.0.weight']).toEqual(donor['enc.base.stem.0.weight'])
    expect(weights['fc.weight']).toBe(fresh['fc.weight'])
  })

  test('of another width is refused', () => {
    const wider = networkConfig({ ...config, backbone: { kind: 'mc3', widths: [4, 4, 4, 8] } })
    expect(() => withBackbone(initialWeights(wider, 1), theirs, wider)).toThrow(
      mismatch(/of another type or shape \(enc/),
    )
  })
})
