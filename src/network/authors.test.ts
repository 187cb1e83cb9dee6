import { describe, expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { toOnnx } from '../graph/index.ts'
import { openDevice } from '../runtime/index.ts'
import { readSafetensors } from '../tensor/safetensors-file.ts'
import { float32, type Tensor, tensor } from '../tensor/tensor.ts'
import { importAuthors } from './authors.ts'
import { inference } from './inference.ts'

// See docs/network.md for what the file holds.
const file = sharedFile('golden/mrl_official_narrow.safetensors')

describe.skipIf(!file)("a checkpoint of the authors' code (needs ../shared/golden)", () => {
  const read = async (prefix = '') => {
    const { tensors } = await readSafetensors(file!)
    const state = [...tensors].flatMap(([name, value]): [string, Tensor][] =>
      name.startsWith('state.') ? [[prefix + name.slice(6), value]] : [],
    )
    return { golden: tensors, state: new Map(state) }
  }

  test('gives a model with their logits', async () => {
    const { golden, state } = await read('state_dict.module.')
    state.set('module.bn.num_batches_tracked', tensor('int64', [], BigInt64Array.of(5n)))
    const { config, weights } = importAuthors(state, { size: 32 })
    expect(config).toMatchObject({
      input: { snippets: 5, frames: 20, size: 32 },
      backbone: { kind: 'mc3', widths: [8, 12, 16, 24] },
      attention: { regions: 4, width: null },
      relation: { kind: 'tgcn', width: 8, adjacency: 'binary' },
      loss: { form: 'maps' },
      batchNorm: { statistics: 'snippet' },
    })
    await using device = await openDevice({ device: 'cpu' })
    const program = await device.compile(toOnnx({ ...inference(config, { batch: 2, weights }) }))
    const { logits } = await program.run({ clip: golden.get('input.clip')! })
    const expected = golden.get('eval.logits')!
    expect(logits!.shape).toEqual(expected.shape)
    expected.data.forEach((value, i) => {
      expect(Math.abs(Number(logits!.data[i]) - Number(value))).toBeLessThan(1e-4)
    })
  })

  const nothing = float32([1], [0])
  test.each<[string, (state: Map<string, Tensor>) => unknown, string, RegExp]>([
    [
      'missing',
      (state) => state.delete('edges'),
      'weights-mismatch',
      /authors' checkpoint .* missing \(edges \[12,12\]/,
    ],
    ['unknown', (state) => state.set('mlp.weight', nothing), 'weights-mismatch', /1 unknown \(mlp\.weight\)$/],
    [
      'misshapen',
      (state) => state.set('fc.bias', nothing),
      'weights-mismatch',
      /fc\.bias float32\[1\], needed float32\[2\]/,
    ],
    ['twice', (state) => state.set('module.edges', nothing), 'tensor-name', /"edges" twice/],
  ])('%s', async (_, change, code, message) => {
    const { state } = await read()
    change(state)
    expect(() => importAuthors(state, { size: 32 })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })

  test('options that make no network', async () => {
    const { state } = await read()
    expect(() => importAuthors(state, { frames: 3 })).toThrow(expect.objectContaining({ code: 'config-invalid' }))
  })
})
