import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeSafetensors } from '../tensor/safetensors.ts'
import { networkConfig } from './config.ts'
import { decodeModel, encodeModel } from './model-file.ts'
import { readModel, writeModel } from './model-file-node.ts'
import { initialWeights } from './weights.ts'

const config = networkConfig({ backbone: { kind: 'mobilenet-v2', blocks: 1 }, relation: { width: 8 } })
const model = { config, weights: initialWeights(config, 1), metadata: { name: 'small', seed: '1' } }
const bytes = encodeModel(model)

describe('a model file', () => {
  test('comes back as it was, with its identity', async () => {
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(await decodeModel(bytes)).toEqual({ ...model, hash, bytes: bytes.length })
  })

  test('of the same model has the same bytes', () => {
    const again = { config: networkConfig(config), weights: initialWeights(config, 1), metadata: { ...model.metadata } }
    expect(encodeModel(again)).toEqual(bytes)
  })
})

describe('what is no model file', () => {
  const own = { format: 'unmask-model', version: '1', config: JSON.stringify(config) }
  const encoded = (metadata: Record<string, string>, weights = model.weights) =>
    encodeSafetensors(Object.entries(weights), metadata)
  const { edges: _, ...lacking } = model.weights
  test.each<[string, Uint8Array<ArrayBuffer>, string, RegExp]>([
    ['weights of others', encoded({}), 'model-format', /^some\.file: these are weights, but not a model/],
    ['a later version', encoded({ ...own, version: '2' }), 'model-format', /has version "2", this program reads 1/],
    ['no configuration', encoded({ ...own, config: '' }), 'model-format', /^some\.file: in the file, .*JSON/],
    ['a wrong one', encoded({ ...own, config: '{"inputs": 1}' }), 'model-format', /did you mean "input"/],
    ['weights missing', encoded(own, lacking), 'weights-mismatch', /^some\.file: its weights .* 1 missing \(edges/],
    ['cut short', bytes.slice(0, -1), 'safetensors-format', /^some\.file: /],
  ])('%s', async (_, content, code, message) => {
    await expect(decodeModel(content, 'some.file')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  test('metadata of the file itself cannot be given', () => {
    const metadata = { format: 'x' }
    expect(() => encodeModel({ ...model, metadata })).toThrow(expect.objectContaining({ code: 'tensor-name' }))
  })
})

describe('on disk', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unmask-model-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('written and read', async () => {
    const path = join(folder, 'a.model')
    await writeFile(path, 'old')
    const written = await writeModel(path, model)
    expect(await readModel(path)).toEqual(written)
    expect(new Uint8Array(await readFile(path))).toEqual(bytes)
    expect(await readdir(folder)).toEqual(['a.model'])
  })

  test.each([
    ['nowhere.model', /no such file/],
    ['.', /not a regular file/],
  ])('%s cannot be read', async (name, message) => {
    const rejected = expect.objectContaining({ code: 'file-access', message: expect.stringMatching(message) })
    await expect(readModel(join(folder, name))).rejects.toThrow(rejected)
  })
})
