import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unmask } from '../../test/command-line.ts'
import { tree } from '../dataset/testing/trees.ts'

const people = Array.from({ length: 20 }, (_, i) => `person${i}`)
const files = people.flatMap((name) => [`real/web/${name}.mp4`, `fake/swap/${name}.mp4`])

test('from a folder to a split manifest, which is listed and checked', async () => {
  const root = await tree(...files)
  const run = (...options: string[]) => unmask(root, 'dataset', ...options)
  const pattern = '([^/]+)$'
  const made = await run('manifest', '.', '--out', 'all.csv', '--name', 'mine', '--identities', pattern)
  expect(made).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^mine\nsubset(.|\n)*wrote all\.csv\n$/),
  })
  expect(await run('manifest', '.', '--out', 'all.csv')).toMatchObject({ status: 73 })
  const split = await run(
    'split',
    'all.csv',
    '--out',
    'split.jsonl',
    '--validation',
    '.25',
    '--test',
    '.25',
    '--seed',
    '3',
  )
  expect(split).toMatchObject({ status: 0, stderr: '' })
  const listed = await run('list', 'split.jsonl', '--json', '--check', '--contents')
  // All files are empty, so that they hold the same.
  expect(listed).toMatchObject({ status: 65, stderr: expect.stringContaining('the same content under two names') })
  const counts = { train: 10, validation: 5, test: 5, none: 0, masks: 0 }
  expect(JSON.parse(listed.stdout)).toEqual({
    name: 'split',
    ...{ entries: 40, train: 20, validation: 10, test: 10, none: 0, identities: 20, sources: 0, masks: 0 },
    subsets: [
      { subset: 'web', label: 'real', entries: 20, ...counts, identities: 20, sources: 0 },
      { subset: 'swap', label: 'fake', entries: 20, ...counts, identities: 20, sources: 0 },
    ],
  })
  expect(await run('list', 'split.jsonl', '--check')).toMatchObject({ status: 0, stderr: '' })
  const lines = (await readFile(join(root, 'split.jsonl'), 'utf8')).trim().split('\n')
  const changed = lines.map((line, i) => JSON.stringify({ ...JSON.parse(line), split: i < 20 ? 'train' : 'test' }))
  await writeFile(join(root, 'leaky.jsonl'), changed.join('\n'))
  expect(await run('list', 'leaky.jsonl', '--check')).toMatchObject({
    status: 65,
    stderr: expect.stringMatching(/train and test share(.|\n)*the same person, 20 times:(.|\n)*mine:person0 /),
  })
})

test('what is not there, or laid out otherwise, is told with the tree that is expected', async () => {
  const root = await tree('videos/a.mp4')
  expect(await unmask(root, 'dataset', 'list', 'none')).toMatchObject({ status: 66, stdout: '' })
  const { status, stderr } = await unmask(root, 'dataset', 'list', '.', '--kind', 'celeb-df')
  expect(status).toBe(65)
  expect(stderr).toMatch(/found: videos\/\n {2}expected:\n {2}celeb-df:\n {4}Celeb-real\/id0_0000\.mp4/)
  expect(await unmask(root, 'dataset', 'list', '.', '--kind', 'celeb')).toMatchObject({ status: 64 })
  const all = await unmask(root, 'dataset', 'list', 'videos', '--label', 'fake')
  expect(all).toMatchObject({ status: 0, stdout: expect.stringMatching(/videos\s+fake\s+1 /) })
})

test('the cache: its size, and making room', async () => {
  const name = 'a'.repeat(64)
  const root = await tree([`cache/unmask/aa/${name}.safetensors`, 'x'.repeat(2 ** 20)])
  const cache = (...options: string[]) => unmask(root, 'dataset', 'cache', '--folder', 'cache/unmask', ...options)
  expect((await cache()).stdout).toBe('cache/unmask: 1 file, 1.0 MiB\n')
  expect(JSON.parse((await cache('--limit', '2', '--json')).stdout)).toMatchObject({ files: 1, removed: { files: 0 } })
  expect((await cache('--clear')).stdout).toBe('removed 1 file, 1.0 MiB\ncache/unmask: 0 files, 0.0 MiB\n')
})
