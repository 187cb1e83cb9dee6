import { expect, test } from 'vitest'
import { readDataset } from '../read-dataset.ts'
import { tree, within } from '../testing/trees.ts'

const videos = [
  'Celeb-real/id0_0000.mp4',
  'Celeb-real/id1_0000.mp4',
  'YouTube-real/00170.mp4',
  'Celeb-synthesis/id0_id1_0000.mp4',
  'Celeb-synthesis/id1_id0_0007.mp4',
]
const list = (...lines: string[]) => ['List_of_testing_videos.txt', lines.join('\n')] as const

test('people, originals and the test list, in which 1 is real', async () => {
  const root = await tree(
    ...videos,
    list('1 YouTube-real/00170.mp4', '0 Celeb-synthesis/id0_id1_0000.mp4', '1 Celeb-real/id0_0000.mp4', ''),
  )
  expect(within(root, await readDataset(root))).toEqual({
    'Celeb-real/id0_0000.mp4': { label: 'real', subset: 'Celeb-real', identities: ['celeb-id0'], split: 'test' },
    'Celeb-real/id1_0000.mp4': { label: 'real', subset: 'Celeb-real', identities: ['celeb-id1'], split: 'train' },
    'YouTube-real/00170.mp4': { label: 'real', subset: 'YouTube-real', identities: [], split: 'test' },
    'Celeb-synthesis/id0_id1_0000.mp4': {
      label: 'fake',
      subset: 'Celeb-synthesis',
      identities: ['celeb-id0', 'celeb-id1'],
      split: 'test',
      source: 'Celeb-real/id0_0000.mp4',
    },
    'Celeb-synthesis/id1_id0_0007.mp4': {
      label: 'fake',
      subset: 'Celeb-synthesis',
      identities: ['celeb-id1', 'celeb-id0'],
      split: 'train',
    },
  })
})

test('copies with folders `videos` and other capitals, without a list', async () => {
  const root = await tree('Celeb-real/videos/id0_0000.mp4', 'Youtube-real/videos/00170.mp4')
  const { entries } = await readDataset(root)
  expect(entries.map(({ subset, split }) => [subset, split])).toEqual([
    ['Celeb-real', null],
    ['YouTube-real', null],
  ])
})

test('a list that says otherwise, has other lines, or names what is not there', async () => {
  const wrong = await tree(...videos, list('1 YouTube-real/00170.mp4', '1 Celeb-synthesis/id0_id1_0000.mp4'))
  await expect(readDataset(wrong)).rejects.toMatchObject({
    code: 'dataset-layout',
    message: expect.stringMatching(/testing_videos\.txt:2: the list calls .* real/),
  })
  const torn = await tree(...videos, list('1 YouTube-real/00170.mp4', '', '00171.mp4'))
  await expect(readDataset(torn)).rejects.toMatchObject({ message: expect.stringMatching(/:3: not like /) })
  const partial = await tree(...videos, list('1 YouTube-real/00999.mp4', '1 YouTube-real/00170.mp4'))
  await expect(readDataset(partial)).rejects.toMatchObject({
    code: 'dataset-layout',
    message: expect.stringMatching(/of 2 listed files 1 are not there, e\.g\. youtube-real\/00999\.mp4/),
  })
  expect((await readDataset(partial, { partial: true })).entries.length).toBe(videos.length)
})
