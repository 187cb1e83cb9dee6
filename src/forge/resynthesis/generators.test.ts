import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../../runtime/index.ts'
import { toFloat16, toFloat32 } from '../../tensor/convert.ts'
import { decodeSafetensors, encodeSafetensors } from '../../tensor/safetensors.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import { decodeGenerators, encodeGenerators, type Generators } from './generators.ts'
import { named, smallShape, trained } from './testing/made-faces.ts'

let device: Device
let generators: Generators
let bytes: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  device = await openDevice({ device: 'cpu', threads: 1 })
  const { generator } = await trained(device, smallShape, 3)
  const other = { ...smallShape, part: 'lower', upsampling: 'transposed-3' } as const
  generators = named({ one: generator, other: (await trained(device, other, 2)).generator })
  bytes = await encodeGenerators(generators)
})
afterAll(() => device.dispose())

test('a file gives what went into it, weights rounded to 16 bits, and the same bytes again', async () => {
  const read = await decodeGenerators(bytes)
  expect(read.data).toBe('made faces')
  expect([...read.generators.keys()]).toEqual(['one', 'other'])
  for (const [name, { shape, steps, weights }] of generators.generators) {
    const found = read.generators.get(name)!
    expect({ shape: found.shape, steps: found.steps }).toEqual({ shape, steps })
    const rounded = Object.entries(weights).map(([own, tensor]) => [own, toFloat32(toFloat16(toFloat32(tensor)))])
    expect(found.weights).toEqual(Object.fromEntries(rounded))
  }
  expect(await encodeGenerators(read)).toEqual(bytes)
})

/** The file with something changed and its digest left. */
function changed(change: (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(bytes)
  const [ownTensors, ownMetadata] = [new Map(tensors), { ...metadata }]
  change(ownTensors, ownMetadata)
  return encodeSafetensors(ownTensors, ownMetadata)
}

test.each<[string, () => Uint8Array, string, RegExp]>([
  ['no safetensors', () => new TextEncoder().encode('hello'), 'safetensors-format', /faces\.safetensors/],
  ['cut off', () => bytes.subarray(0, bytes.length - 9), 'safetensors-format', /faces\.safetensors/],
  ['other weights', () => encodeSafetensors([]), 'generators-format', /no generators/],
  ['another version', () => changed((_, metadata) => { metadata.version = '7' }), 'generators-format', /version "7".*reads 1/], // biome-ignore format: one line
  [
    'one bit another',
    () => bytes.map((byte, i) => (i === bytes.length - 20 ? byte ^ 1 : byte)),
    'generators-format',
    /was changed/,
  ],
  ['a tensor less', () => changed((tensors) => tensors.delete('one/code.bias')), 'generators-format', /was changed/],
  ['another shape', () => changed((_, metadata) => { metadata.shapes = metadata.shapes!.replace('32', '64') }), 'generators-format', /was changed/], // biome-ignore format: one line
])('%s is refused', async (_, make, code, message) => {
  const read = decodeGenerators(make(), 'faces.safetensors')
  await expect(read).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
})

test('weights that do not fit their shape are refused, whole as the file may be', async () => {
  const { code: _, ...rest } = generators.generators.get('one')!.weights as Record<string, Tensor>
  const without = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'code.bias'))
  const file = await encodeGenerators(named({ one: { shape: smallShape, steps: 1, weights: without } }))
  await expect(decodeGenerators(file, 'f')).rejects.toMatchObject({
    code: 'generators-format',
    message: expect.stringMatching(/^f: .*code\.bias/),
  })
})
