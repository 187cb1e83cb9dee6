import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDataset } from '../read-dataset.ts'
import { tree, within } from '../testing/trees.ts'

const metadata = JSON.stringify({
  'fake.mp4': { label: 'FAKE', split: 'train', original: 'real.mp4' },
  'real.mp4': { label: 'REAL', split: 'train', original: null },
})
const part = (name: string) => [[`${name}/metadata.json`, metadata], `${name}/fake.mp4`, `${name}/real.mp4`] as const

test('parts of the training set and the test set', async () => {
  const root = await tree(
    ...part('dfdc_train_part_0'),
    ...part('dfdc_train_part_10'),
    ['test/labels.csv', 'filename,label\na.mp4,1\nb.mp4,0\n'],
    'test/videos/a.mp4',
    'test/videos/b.mp4',
  )
  const found = within(root, await readDataset(root))
  const shared = { subset: 'train', identities: [], split: 'train' }
  expect(Object.keys(found).length).toBe(6)
  expect(found).toMatchObject({
    'dfdc_train_part_0/fake.mp4': { label: 'fake', ...shared, source: 'dfdc_train_part_0/real.mp4' },
    'dfdc_train_part_0/real.mp4': { label: 'real', ...shared },
    'dfdc_train_part_10/fake.mp4': { label: 'fake', ...shared, source: 'dfdc_train_part_10/real.mp4' },
    'test/videos/a.mp4': { label: 'fake', subset: 'test', split: 'test' },
    'test/videos/b.mp4': { label: 'real', subset: 'test', split: 'test' },
  })
})

test('one part itself; the metadata of the test set', async () => {
  const one = await tree(['metadata.json', metadata], 'fake.mp4', 'real.mp4')
  expect((await readDataset(one)).entries.length).toBe(2)
  const tests = await tree(['metadata.json', '{"a.mp4": {"is_fake": 1, "augmentations": []}}'], 'a.mp4')
  expect(within(tests, await readDataset(tests))).toEqual({
    'a.mp4': { label: 'fake', subset: 'test', identities: [], split: 'test' },
  })
})

test('labels that are none, and videos that are missing', async () => {
  const wrong = await tree(['labels.csv', 'filename,label\na.mp4,maybe\n'], 'a.mp4')
  await expect(readDataset(wrong)).rejects.toMatchObject({
    code: 'dataset-layout',
    message: expect.stringContaining(join(wrong, 'labels.csv')),
  })
  const partial = await tree(['metadata.json', metadata], 'fake.mp4')
  await expect(readDataset(partial)).rejects.toMatchObject({ code: 'dataset-layout' })
  expect((await readDataset(partial, { partial: true })).entries.length).toBe(1)
})
