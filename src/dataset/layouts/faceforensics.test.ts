import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDataset } from '../read-dataset.ts'
import { tree, within } from '../testing/trees.ts'

const original = 'original_sequences'
const manipulated = 'manipulated_sequences'
const splits = [
  ['train.json', '[["000", "003"]]'],
  ['val.json', '[["010", "011"]]'],
  ['test.json', '[]'],
] as const

test('reals and fakes of all methods and compressions, with pairs, people, masks and splits', async () => {
  const root = await tree(
    `${original}/youtube/c23/videos/000.mp4`,
    `${original}/youtube/c23/videos/003.mp4`,
    `${original}/youtube/raw/videos/010.mp4`,
    `${manipulated}/Deepfakes/c23/videos/000_003.mp4`,
    `${manipulated}/Deepfakes/masks/videos/000_003.mp4`,
    `${manipulated}/NeuralTextures/c40/videos/003_000.mp4`,
    `${manipulated}/FaceSwap/c0/videos/010_011.mp4`,
    `${manipulated}/FaceShifter/c23/videos/000_011.mp4`,
    ...splits,
  )
  const manifest = await readDataset(root)
  const real = (number: string, subset: string, split: string) => ({
    label: 'real',
    subset,
    identities: [`ff-${number}`],
    split,
  })
  expect(within(root, manifest)).toEqual({
    [`${original}/youtube/c23/videos/000.mp4`]: real('000', 'youtube/c23', 'train'),
    [`${original}/youtube/c23/videos/003.mp4`]: real('003', 'youtube/c23', 'train'),
    [`${original}/youtube/raw/videos/010.mp4`]: real('010', 'youtube/raw', 'validation'),
    [`${manipulated}/Deepfakes/c23/videos/000_003.mp4`]: {
      label: 'fake',
      subset: 'Deepfakes/c23',
      identities: ['ff-000', 'ff-003'],
      split: 'train',
      source: `${original}/youtube/c23/videos/000.mp4`,
      mask: `${manipulated}/Deepfakes/masks/videos/000_003.mp4`,
    },
    [`${manipulated}/NeuralTextures/c40/videos/003_000.mp4`]: {
      label: 'fake',
      subset: 'NeuralTextures/c40',
      identities: ['ff-003', 'ff-000'],
      split: 'train',
    },
    [`${manipulated}/FaceSwap/c0/videos/010_011.mp4`]: {
      label: 'fake',
      subset: 'FaceSwap/raw',
      identities: ['ff-010', 'ff-011'],
      split: 'validation',
      source: `${original}/youtube/raw/videos/010.mp4`,
    },
    // Such a pair is in no official list: its two sides are in different ones.
    [`${manipulated}/FaceShifter/c23/videos/000_011.mp4`]: {
      label: 'fake',
      subset: 'FaceShifter/c23',
      identities: ['ff-000', 'ff-011'],
      split: null,
      source: `${original}/youtube/c23/videos/000.mp4`,
    },
  })
})

test('DeepFakeDetection: actors and scenes', async () => {
  const root = await tree(
    `${original}/actors/c23/videos/01__exit_phone_room.mp4`,
    `${manipulated}/DeepFakeDetection/c23/videos/01_02__exit_phone_room__YVGY8LOK.mp4`,
  )
  expect(within(root, await readDataset(root))).toEqual({
    [`${original}/actors/c23/videos/01__exit_phone_room.mp4`]: {
      label: 'real',
      subset: 'actors/c23',
      identities: ['dfd-01'],
      split: null,
    },
    [`${manipulated}/DeepFakeDetection/c23/videos/01_02__exit_phone_room__YVGY8LOK.mp4`]: {
      label: 'fake',
      subset: 'DeepFakeDetection/c23',
      identities: ['dfd-01', 'dfd-02'],
      split: null,
      source: `${original}/actors/c23/videos/01__exit_phone_room.mp4`,
    },
  })
})

test('subsets can be chosen; lists of the split can be elsewhere', async () => {
  const names = ['Deepfakes', 'FaceSwap'].flatMap((method) =>
    ['c23', 'c40'].map((compression) => `${manipulated}/${method}/${compression}/videos/010_011.mp4`),
  )
  const root = await tree(...names)
  const lists = await tree(...splits)
  const { entries } = await readDataset(root, { subsets: ['*/c23'], splits: lists })
  expect(entries.map(({ subset, split }) => [subset, split])).toEqual([
    ['Deepfakes/c23', 'validation'],
    ['FaceSwap/c23', 'validation'],
  ])
  await expect(readDataset(root, { subsets: ['c23'] })).rejects.toMatchObject({
    code: 'option-invalid',
    message: expect.stringContaining('there are Deepfakes/c23, Deepfakes/c40'),
  })
})

test('lists of the split that are none, or not where they should be', async () => {
  const root = await tree(`${manipulated}/Deepfakes/c23/videos/000_003.mp4`, ['train.json', '{"000": "003"}'])
  await expect(readDataset(root)).rejects.toMatchObject({
    code: 'dataset-layout',
    message: expect.stringContaining(join(root, 'train.json')),
  })
  const other = await tree(`${manipulated}/Deepfakes/c23/videos/000_003.mp4`)
  await expect(readDataset(other, { splits: other })).rejects.toMatchObject({ code: 'dataset-missing' })
})
