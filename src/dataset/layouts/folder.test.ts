import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import { readDataset } from '../read-dataset.ts'
import { checkSplits } from '../split/leaks.ts'
import { splitManifest } from '../split/split.ts'
import { tree, within } from '../testing/trees.ts'

test('real and fake, subsets, pairs by name, masks', async () => {
  const root = await tree(
    'Real/web/a.mp4',
    'Real/b.MOV',
    'Real/notes.txt',
    'Real/.hidden.mp4',
    'Fake/web/a.avi',
    'Fake/a.mp4',
    'Fake/lips/deep/c.webm',
    'Fake/lips/b.mp4',
    'masks/web/a.mp4',
    'masks/lips/deep/c/0001.png',
  )
  const manifest = await readDataset(root, { name: 'mine' })
  expect(manifest.name).toBe('mine')
  const fake = { label: 'fake', identities: [], split: null }
  expect(within(root, manifest)).toEqual({
    'Real/b.MOV': { label: 'real', subset: 'mine', identities: [], split: null },
    'Real/web/a.mp4': { label: 'real', subset: 'web', identities: [], split: null },
    'Fake/web/a.avi': { ...fake, subset: 'web', source: 'Real/web/a.mp4', mask: 'masks/web/a.mp4' },
    // the real b.MOV lies elsewhere
    'Fake/lips/b.mp4': { ...fake, subset: 'lips' },
    'Fake/a.mp4': { ...fake, subset: 'mine' },
    'Fake/lips/deep/c.webm': { ...fake, subset: 'lips/deep', mask: 'masks/lips/deep/c' },
  })
  const { entries } = await readDataset(root, { pairs: false })
  expect(entries.filter(({ source }) => source !== undefined)).toEqual([])
})

const pictures = [
  'real/clips/one/0001.png',
  'real/clips/one/0002.png',
  'real/clips/two/frame_1.jpg',
  'real/clips/two/frame_2.jpg',
  'real/people/Ann_0001.jpg',
  'real/people/Ann_0002.jpg',
  'real/7.jpg',
  'real/8.jpg',
]

test.each([
  ['auto', ['7.jpg', '8.jpg', 'clips/one', 'clips/two', 'people/Ann_0001.jpg', 'people/Ann_0002.jpg']],
  ['always', ['', 'clips/one', 'clips/two', 'people']],
  ['never', pictures.map((path) => path.slice(5)).sort()],
] as const)('which folders of pictures are videos: %s', async (frames, expected) => {
  const root = await tree(...pictures)
  const { entries } = await readDataset(root, { frames })
  expect(entries.map(({ path }) => path.slice(root.length + 6)).sort()).toEqual([...expected])
  expect(entries.find(({ path }) => path.endsWith('one'))?.subset ?? 'clips').toBe('clips')
})

test('a label for all, or for one file', async () => {
  const root = await tree('a.mp4', 'more/b.jpg')
  const { entries } = await readDataset(root, { label: 'real', name: 'mine', identities: '^(?:more/)?(.)$' })
  expect(entries).toEqual([
    { path: join(root, 'a.mp4'), label: 'real', subset: 'mine', identities: ['mine:a'], split: null },
    { path: join(root, 'more/b.jpg'), label: 'real', subset: 'more', identities: ['mine:b'], split: null },
  ])
  const path = join(root, 'a.mp4')
  const single = { path, label: 'fake', subset: 'a', identities: [], split: null }
  expect(await readDataset(path, { label: 'fake' })).toEqual({ name: 'a', entries: [single] })
  await expect(readDataset(path)).rejects.toMatchObject({ code: 'dataset-layout' })
})

test('links are followed, and none for ever', async () => {
  const elsewhere = await tree('a.mp4')
  const root = await tree('real/b.mp4')
  await symlink(elsewhere, join(root, 'real/linked'))
  await symlink(root, join(elsewhere, 'back'))
  const { entries } = await readDataset(root, { kind: 'folder' })
  expect(entries.map(({ path }) => path.slice(root.length + 1))).toContain('real/linked/a.mp4')
  expect(entries.length).toBeLessThan(5)
})

const held = sharedFile('data/val')
test.skipIf(!held)(`the data at hand${held ? '' : ' (skipped: needs ../shared/data)'}`, async () => {
  const manifest = await readDataset(held!)
  const counts = Map.groupBy(manifest.entries, ({ label, subset }) => `${label} ${subset}`)
  expect(Object.fromEntries([...counts].map(([key, entries]) => [key, entries.length]))).toEqual({
    'real dfl': 17,
    'real marlin': 10,
    'real pcavs': 11,
    'real vidtimit': 32,
    'fake dfl': 17,
    'fake timit-hq': 32,
    'fake timit-lq': 32,
  })
  const people = (entry: { identities: readonly string[] }) => entry.identities.length
  expect(counts.get('real vidtimit')!.map(people)).toEqual(new Array(32).fill(1))
  expect(counts.get('fake timit-hq')!.map(people)).toEqual(new Array(32).fill(2))
  expect(counts.get('fake dfl')!.every(({ source }) => source?.includes('/real/dfl/'))).toBe(true)
  checkSplits(splitManifest(manifest, { validation: 0.3, test: 0.3 }))
})
