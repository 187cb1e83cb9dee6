import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { readData } from '../../dataset/read-data.ts'
import { decodeGenerators } from './generators.ts'
import { type GeneratorsRequest, generatorsFor } from './generators-for.ts'
import type { MakingProgress } from './make-generators.ts'

const stills = sharedFile('data/train/stills/london')
const skipped = stills ? '' : ' (skipped: needs ../shared/data)'

let cacheFolder: string
let data: readonly DataEntry[]
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'generators-for-'))
  if (stills) data = (await readData(stills, { label: 'real' })).entries.slice(0, 4)
})
afterAll(() => rm(cacheFolder, { recursive: true }))

const settings = { shapes: ['lip-96-bilinear'], steps: 3, batch: 2 } as const

async function make(change: Partial<GeneratorsRequest> = {}) {
  const seen: MakingProgress[] = []
  const request = { data, settings: { ...settings, shapes: [...settings.shapes] }, cacheFolder, workers: 1 }
  const path = await generatorsFor({ ...request, ...change, onProgress: (progress) => seen.push(progress) })
  return { path, trained: seen.filter(({ kind }) => kind === 'training').length, seen }
}

describe.skipIf(!stills)(`generators for settings and data${skipped}`, () => {
  test('are trained once', async () => {
    const { path, trained, seen } = await make()
    expect(seen.at(-1)).toMatchObject({ kind: 'training', shape: 'lip-96-bilinear', done: 3, total: 3 })
    expect(trained).toBe(3)
    const written = await stat(path)
    const again = await make()
    expect({ ...again, seen: again.seen.length }).toEqual({ path, trained: 0, seen: 0 })
    expect((await stat(path)).mtimeMs).toBe(written.mtimeMs)
    const { generators, data: words } = await decodeGenerators(await readFile(path))
    expect([...generators.keys()]).toEqual(['lip-96-bilinear'])
    expect(words).toBe('4 faces of 4 videos and pictures')
  })

  test('fakes and the order of their labels do not matter, other settings and faces do', async () => {
    const { path } = await make()
    const fake: DataEntry = { ...data[0]!, label: 'fake', path: '/nowhere/fake.mp4' }
    expect((await make({ data: [fake, ...data] })).path).toBe(path)
    const others = [
      await make({ settings: { ...settings, shapes: ['lip-96-bilinear'], seed: 5 } }),
      await make({ data: data.slice(1) }),
    ]
    expect(new Set([path, ...others.map((other) => other.path)]).size).toBe(3)
    expect(others.map(({ trained }) => trained)).toEqual([3, 3])
  })

  test('are trained again where the file is damaged', async () => {
    const { path } = await make()
    const whole = await readFile(path)
    await writeFile(path, whole.subarray(0, 1000))
    const again = await make()
    expect(again).toMatchObject({ path, trained: 3 })
    expect(await readFile(path)).toEqual(whole)
  })

  test('interrupted, leave no file', async () => {
    const stop = new AbortController()
    const request = {
      data,
      settings: { ...settings, shapes: ['lip-96-bilinear' as const], seed: 8 },
      cacheFolder,
      workers: 1,
    }
    const making = generatorsFor({
      ...request,
      signal: stop.signal,
      onProgress: (progress) => progress.kind === 'training' && progress.done === 2 && stop.abort(),
    })
    await expect(making).rejects.toMatchObject({ name: 'AbortError' })
    const before = (await readdir(join(cacheFolder, 'generators'))).length
    const { path, trained } = await make({ settings: request.settings })
    expect(trained).toBe(3)
    expect(await readdir(join(cacheFolder, 'generators'))).toHaveLength(before + 1)
    expect(basename(path)).toMatch(/^[0-9a-f]{32}\.safetensors$/)
  })

  test('need a face', async () => {
    const none = make({ data: [{ ...data[0]!, path: join(cacheFolder, 'none.png') }] })
    await expect(none).rejects.toMatchObject({ code: 'dataset-missing', message: expect.stringContaining('no face') })
  })
})
