import { join } from 'node:path'
import { expect, test } from 'vitest'
import { datasetKinds } from './options.ts'
import { readData } from './read-data.ts'
import { readDataset } from './read-dataset.ts'
import { tree } from './testing/trees.ts'

test('a path that does not exist', async () => {
  const root = await tree('a.txt')
  for (const path of [join(root, 'none'), join(root, 'a.txt/none')]) {
    await expect(readDataset(path)).rejects.toMatchObject({ code: 'dataset-missing' })
  }
  await expect(readDataset(join(root, 'a.txt'), { label: 'real' })).rejects.toMatchObject({ code: 'dataset-layout' })
})

test.each(datasetKinds)('what is laid out otherwise, read as %s: what is expected, and what is there', async (kind) => {
  const root = await tree('somewhere/else/a.mp4', 'readme.md')
  const error = await readDataset(root, { kind }).catch((error: Error) => error)
  expect(error).toMatchObject({ code: 'dataset-layout' })
  expect((error as Error).message).toContain('found: somewhere/, readme.md')
  for (const other of datasetKinds.slice(1)) {
    expect((error as Error).message.includes(`\n  ${other}:`)).toBe(kind === 'auto' || kind === other)
  }
})

test('folders without a video', async () => {
  const root = await tree('real/readme.md', 'fake/readme.md')
  await expect(readDataset(root)).rejects.toMatchObject({
    code: 'dataset-layout',
    message: expect.stringContaining('no video or picture'),
  })
})

test.each([{ kind: 'ff' }, { lable: 'real' }, { identities: '(' }, { frames: true }])('refuses %j', async (options) => {
  await expect(readDataset('.', options as never)).rejects.toMatchObject({ code: 'option-invalid' })
})

test('a data set by its folder or its manifest', async () => {
  const root = await tree('real/a.mp4', ['list.csv', 'path,label\nreal/a.mp4,real\n'])
  const path = join(root, 'real/a.mp4')
  const manifest = join(root, 'list.csv')
  for (const { entries } of [await readData(root), await readData(manifest, { kind: 'auto' })]) {
    expect(entries).toMatchObject([{ path, label: 'real', split: null }])
  }
  await expect(readData(manifest, { label: 'real' })).rejects.toMatchObject({ code: 'option-invalid' })
})
