import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unmask } from '../../test/command-line.ts'
import { sharedFile } from '../../test/shared.ts'
import { toOnnx } from '../graph/index.ts'
import { networkConfig } from '../network/config.ts'
import { gradCam } from '../network/inference.ts'
import { readModel, writeModel } from '../network/model-file-node.ts'
import { clipShape } from '../network/network.ts'
import { initialWeights } from '../network/weights.ts'
import { openDevice } from '../runtime/index.ts'
import { Random } from '../tensor/random.ts'
import { readSafetensors } from '../tensor/safetensors-file.ts'
import { writeSafetensors } from '../tensor/safetensors-write.ts'

const small = {
  input: { snippets: 2, frames: 4, size: 32 },
  backbone: { kind: 'mobilenet-v2', blocks: 3 },
  attention: {
    regions: 4,
    extract: { kernel: 3, stride: 1, padding: 1 },
    project: { kernel: 2, stride: 2, padding: 0 },
  },
  relation: { width: 8 },
}

let folder: string
const run = (...options: string[]) => unmask(folder, 'model', ...options)
const bytesOf = async (name: string) => new Uint8Array(await readFile(join(folder, name)))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-cli-'))
  await writeFile(join(folder, 'small.json'), JSON.stringify(small))
  await run('new', '--config', 'small.json', '--seed', '5', 'small.model')
})
afterAll(() => rm(folder, { recursive: true }))

test('average writes the mean of two models', async () => {
  await run('new', '--config', 'small.json', '--seed', '6', 'other.model')
  const { status, stdout } = await run('average', 'small.model', 'other.model', '--out', 'mean.model')
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^wrote mean\.model: /) })
  const [one, other, mean] = await Promise.all(
    ['small.model', 'other.model', 'mean.model'].map((name) => readModel(join(folder, name))),
  )
  const first = (model: typeof one) => Number(model!.weights['enc.stem.weight']!.data[0])
  expect(first(mean)).toBeCloseTo((first(one) + first(other)) / 2, 6)
})

describe('new', () => {
  test('writes a model and says what it wrote', async () => {
    const { status, stdout, stderr } = await run('new', '--preset', 'mrl-lite', '--seed', '3', 'lite.model')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const bytes = await bytesOf('lite.model')
    expect(stdout).toBe(`wrote lite.model: ${bytes.length.toLocaleString('en')} bytes, sha256 ${sha256(bytes)}\n`)
    const { config, weights, metadata } = await readModel(join(folder, 'lite.model'))
    expect(weights).toEqual(initialWeights(config, 3))
    expect(metadata).toEqual({ name: 'mrl-lite', seed: '3' })
  })

  test('the same seed gives the same bytes, another one others', async () => {
    await run('new', '--config', 'small.json', '--seed', '5', 'same.model')
    await run('new', '--config', 'small.json', '--seed', '6', 'other.model')
    expect(await bytesOf('same.model')).toEqual(await bytesOf('small.model'))
    expect(await bytesOf('other.model')).not.toEqual(await bytesOf('small.model'))
  })

  const backbone = sharedFile('weights/mobilenet_v2_imagenet.safetensors')
  test.skipIf(!backbone)('starts the backbone from a file (needs ../shared/weights)', async () => {
    const { status } = await run('new', '--config', 'small.json', '--backbone', backbone!, 'start.model')
    expect(status).toBe(0)
    const { weights, metadata } = await readModel(join(folder, 'start.model'))
    const { tensors } = await readSafetensors(backbone!)
    expect(weights['enc.blocks.3.expand.weight']).toEqual(tensors.get('blocks.3.expand.weight'))
    expect(metadata).toEqual({ name: 'small', seed: '0', backboneStart: 'mobilenet_v2_imagenet.safetensors' })
  })

  test('replaces a file only when told to', async () => {
    await writeFile(join(folder, 'taken.model'), 'mine')
    expect(await run('new', '--config', 'small.json', 'taken.model')).toEqual({
      status: 73,
      stdout: '',
      stderr: 'unmask: taken.model exists already\nhint: Choose another path, or replace the file with --force.\n',
    })
    expect(await readFile(join(folder, 'taken.model'), 'utf8')).toBe('mine')
    expect(await run('new', '--config', 'small.json', '--seed', '5', '--force', 'taken.model')).toMatchObject({
      status: 0,
    })
    expect(await bytesOf('taken.model')).toEqual(await bytesOf('small.model'))
  })
})

describe('info', () => {
  test('as JSON', async () => {
    const { status, stdout } = await run('info', '--json', 'small.model')
    expect(status).toBe(0)
    const info = JSON.parse(stdout)
    const bytes = await bytesOf('small.model')
    expect(info).toMatchObject({ file: 'small.model', bytes: bytes.length, hash: sha256(bytes), config: small })
    expect(info.metadata).toEqual({ name: 'small', seed: '5' })
    const { weights } = await readModel(join(folder, 'small.model'))
    expect(info.weightsBytes).toBe(Object.values(weights).reduce((sum, { data }) => sum + data.byteLength, 0))
    expect(info.layers.map((layer: { name: string }) => layer.name)).toContain('enc.blocks.3.depthwise')
  })

  test('for people', async () => {
    const { status, stdout } = await run('info', 'small.model')
    expect(status).toBe(0)
    expect(stdout).toContain(sha256(await bytesOf('small.model')))
    expect(stdout).toMatch(/^input +2 snippets x 4 frames, 32 x 32 pixels$/m)
    expect(stdout).toMatch(/^enc\.stem +conv +4x32x16x16 \(2 times\) +896 +1\.8$/m)
    expect(stdout).toMatch(/^cell\.tgcn_layer1\.gconv1 +matmul +1x4x16 \(2 times\) +528 +0\.0$/m)
  })
})

describe('export', () => {
  test('computes what the graph computes, and says what it needs', async () => {
    const { status, stdout } = await run('export', 'small.model', 'small.onnx', '--batch', '2', '--grad-cam')
    const exported = await bytesOf('small.onnx')
    expect(status).toBe(0)
    expect(stdout).toContain(`${exported.length.toLocaleString('en')} bytes, sha256 ${sha256(exported)}\n`)
    const { config, weights, hash } = await readModel(join(folder, 'small.model'))
    await using device = await openDevice({ device: 'cpu' })
    const program = await device.compile(exported)
    expect(program.inputs).toEqual([{ name: 'clip', dtype: 'float32', shape: [2, 3, 8, 32, 32] }])
    expect(program.outputs.map(({ name }) => name)).toEqual(['logits', 'probability', 'attention', 'cam'])
    // The same graph with the weights as inputs, so that the engine can fold nothing.
    const direct = await device.compile(toOnnx({ ...gradCam(config, { batch: 2, target: 'margin' }) }))
    const clip = new Random('clip').normalTensor(clipShape(config, 2))
    const [results, expected] = [await program.run({ clip }), await direct.run({ clip, ...weights })]
    for (const [name, { data }] of Object.entries(expected)) {
      const differences = Array.from(data as Float32Array, (value, i) =>
        Math.abs(value - Number(results[name]!.data[i])),
      )
      expect(Math.max(...differences), name).toBeLessThan(1e-5)
    }
    // Metadata are plain text within the file; what they must hold is what others need.
    const text = Buffer.from(exported).toString('latin1')
    for (const part of [hash, JSON.stringify(config), '(pixel / 255 - mean) / deviation', 'Grad-CAM for the margin']) {
      expect(text).toContain(part)
    }
  })

  test('of a model that judges frames only, what frames say', async () => {
    const config = networkConfig({ ...small, loss: { mask: 1 } })
    const model = { config, weights: initialWeights(config, 1), metadata: { sees: 'frames' } }
    await writeModel(join(folder, 'frames.model'), model)
    await run('export', 'frames.model', 'frames.onnx')
    await using device = await openDevice({ device: 'cpu' })
    const program = await device.compile(await bytesOf('frames.onnx'))
    expect(program.outputs.map(({ name }) => name)).toEqual(['logits', 'frames', 'probability'])
  })
})

describe('import', () => {
  const golden = sharedFile('golden/mrl_official_narrow.safetensors')
  test.skipIf(!golden)("makes a model of the authors' weights (needs ../shared/golden)", async () => {
    const { tensors } = await readSafetensors(golden!)
    const state = [...tensors].flatMap(([name, value]) =>
      name.startsWith('state.') ? [[`module.${name.slice(6)}`, value] as const] : [],
    )
    await writeSafetensors(join(folder, 'theirs.safetensors'), state)
    const options = ['--size', '32', '--snippets', '3']
    expect(await run('import', 'theirs.safetensors', 'imported.model', ...options)).toMatchObject({ status: 0 })
    const { config, weights, metadata } = await readModel(join(folder, 'imported.model'))
    expect(config.input).toMatchObject({ size: 32, snippets: 3, frames: 20 })
    expect(weights['fc.weight']).toEqual(tensors.get('state.fc.weight'))
    expect(metadata).toEqual({ name: 'mrl-authors', checkpoint: 'theirs.safetensors' })
  })
})

describe('bad input', () => {
  beforeAll(async () => {
    await writeFile(join(folder, 'typo.json'), '{"backbone": {"kind": "mc3"}, "inptu": {}}')
    await writeFile(join(folder, 'broken.json'), '{')
    await writeFile(join(folder, 'text.model'), 'no model, but longer than eight bytes')
    await writeSafetensors(join(folder, 'foreign.safetensors'), [['conv1.weight', new Random(1).normalTensor([2, 2])]])
  })

  test.each<[string, string[], number, RegExp]>([
    ['unknown preset', ['new', '--preset', 'mrl-light', 'x'], 64, /did you mean "mrl-lite"\?/],
    ['unknown key', ['new', '--config', 'typo.json', 'x'], 64, /unknown key "inptu" \(did you mean "input"\?\)/],
    ['no JSON', ['new', '--config', 'broken.json', 'x'], 64, /broken\.json is no JSON: /],
    ['no file', ['new', '--config', 'none.json', 'x'], 66, /none\.json: no such file/],
    ['both', ['new', '--config', 'small.json', '--preset', 'mrl-lite', 'x'], 64, /--preset or --config, not both/],
    ['seed', ['new', '--seed', '1.5', 'x'], 64, /'1\.5' is invalid\. A whole number/],
    ['wrong backbone', ['new', '--backbone', 'foreign.safetensors', 'x'], 65, /missing \(enc\.stem\.weight/],
    ['no such folder', ['new', '--config', 'small.json', 'none/x'], 66, /none\/x: no such file or folder/],
    ['no out', ['new'], 64, /missing required argument 'out'/],
    ['no model', ['info', 'none.model'], 66, /none\.model: no such file/],
    ['text', ['info', 'text.model'], 65, /text\.model: /],
    [
      'weights of others',
      ['info', 'foreign.safetensors'],
      65,
      /not a model file of unmask\nhint: .*`unmask model import`/,
    ],
    ['batch of none', ['export', 'small.model', 'x', '--batch', '0'], 64, /at least 1/],
    ['not the authors', ['import', 'foreign.safetensors', 'x'], 65, /missing \(.*\); 1 unknown \(conv1\.weight\)/],
    ['an unknown subcommand', ['exprot', 'small.model', 'x'], 64, /Did you mean export\?/],
  ])('%s', async (_, options, status, message) => {
    const outcome = await run(...options)
    expect(outcome).toEqual({ status, stdout: '', stderr: expect.stringMatching(message) })
    expect(outcome.stderr).toMatch(/^unmask: .*\n(.*\n)?hint: .*\n$/)
  })

  test('leaves nothing behind', async () => {
    expect((await readdir(folder)).filter((name) => name === 'x' || name.endsWith('.tmp'))).toEqual([])
  })
})
