import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unmask } from '../../../test/command-line.ts'
import { sharedFile } from '../../../test/shared.ts'
import { decodeGenerators } from '../../forge/resynthesis/generators.ts'

const stills = sharedFile('data/train/stills/london')
const skipped = stills ? '' : ' (skipped: needs ../shared/data)'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-generators-'))
  await mkdir(join(folder, 'faces'))
  if (!stills) return
  for (const name of (await readdir(stills)).slice(0, 3)) await cp(join(stills, name), join(folder, 'faces', name))
})
afterAll(() => rm(folder, { recursive: true }))

const train = (...options: string[]) => unmask(folder, 'forge', 'train-generators', '--cache', 'cache', ...options)

describe.skipIf(!stills)(`unmask forge train-generators${skipped}`, () => {
  test('writes a file of all generators, and does not replace one unasked', async () => {
    const shapes = ['swap-64-shuffle', 'lip-96-bilinear']
    const chosen = shapes.flatMap((name) => ['--shape', name])
    const made = await train('--data', 'faces', '--out', 'made.safetensors', '--steps', '2', '--batch', '2', ...chosen)
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^wrote made\.safetensors: .* sha256 [0-9a-f]{64}\n$/) }) // biome-ignore format: one line
    const { generators, data } = await decodeGenerators(await readFile(join(folder, 'made.safetensors')))
    expect([...generators.keys()]).toEqual(shapes)
    expect([...generators.values()].map(({ steps }) => steps)).toEqual([2, 2])
    expect(data).toBe('3 faces of 3 videos and pictures')
    const again = await train('--data', 'faces', '--out', 'made.safetensors')
    expect(again).toMatchObject({ status: 73, stderr: expect.stringContaining('made.safetensors exists already') })
  })
})

test('says what is missing', async () => {
  expect(await train('--out', 'a.safetensors')).toMatchObject({ status: 64, stderr: expect.stringContaining('--data') })
  expect(await train('--data', 'faces')).toMatchObject({ status: 64, stderr: expect.stringContaining('--out') })
  const other = await train('--data', 'faces', '--out', 'a.safetensors', '--shape', 'swap')
  expect(other).toMatchObject({ status: 64, stderr: expect.stringMatching(/shapes.*swap-64-shuffle/) })
  const nowhere = await train('--data', 'nowhere', '--out', 'a.safetensors')
  expect(nowhere).toMatchObject({ status: 66, stderr: expect.stringMatching(/nowhere: there is no such file/) })
  await mkdir(join(folder, 'texts'))
  await writeFile(join(folder, 'texts', 'a.txt'), '')
  const empty = await train('--data', 'texts', '--out', 'a.safetensors')
  expect(empty).toMatchObject({ status: 65, stderr: expect.stringMatching(/texts: no video or picture/) })
})

test('is explained by --help', async () => {
  const { stdout, status } = await train('--help')
  expect(status).toBe(0)
  for (const option of ['--data', '--out', '--steps', '--faces', '--seed', '--cache', '--device', '--force']) {
    expect(stdout).toContain(option)
  }
})
