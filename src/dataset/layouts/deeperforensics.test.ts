import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { readDataset } from '../read-dataset.ts'
import { checkSplits } from '../split/leaks.ts'
import { tree, within } from '../testing/trees.ts'

const files = [
  'manipulated_videos/end_to_end/000_M101.mp4',
  'manipulated_videos/end_to_end_level_1/000_M101.mp4',
  'manipulated_videos/end_to_end/010_W004.mp4',
  'source_videos/M101/light_up/neutral/camera_front/M101_light_up_neutral_camera_front.mp4',
  ['lists/splits/train.txt', '000_M101.mp4\n'],
  ['lists/splits/test.txt', '010_W004.mp4\n'],
] as const

test('fakes of all variants, with the people in them', async () => {
  const root = await tree(...files)
  const train = { label: 'fake', identities: ['ff-000', 'deeper-M101'], split: 'train' }
  expect(within(root, await readDataset(root))).toEqual({
    'manipulated_videos/end_to_end/000_M101.mp4': { ...train, subset: 'end_to_end' },
    'manipulated_videos/end_to_end_level_1/000_M101.mp4': { ...train, subset: 'end_to_end_level_1' },
    'manipulated_videos/end_to_end/010_W004.mp4': {
      label: 'fake',
      subset: 'end_to_end',
      identities: ['ff-010', 'deeper-W004'],
      split: 'test',
    },
  })
})

test('the real part is FaceForensics++; source videos only where asked for', async () => {
  const root = await tree(...files)
  const originals = await tree('original_sequences/youtube/c23/videos/000.mp4')
  const manifest = await readDataset(root, { originals, sourceVideos: true })
  const real = manifest.entries.filter(({ label }) => label === 'real')
  expect(real.map(({ path, subset, identities, split }) => [basename(path), subset, identities, split])).toEqual([
    ['000.mp4', 'target', ['ff-000'], 'train'],
    ['M101_light_up_neutral_camera_front.mp4', 'source', ['deeper-M101'], null],
  ])
  expect(manifest.entries.filter(({ source }) => source === real[0]!.path).length).toBe(2)
  expect(() => checkSplits(manifest)).not.toThrow()
  const empty = await tree('nothing.txt')
  await expect(readDataset(root, { originals: empty })).rejects.toMatchObject({ code: 'dataset-missing' })
})
