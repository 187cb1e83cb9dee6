import { expect, test } from 'vitest'
import { readDataset } from '../read-dataset.ts'
import { tree, within } from '../testing/trees.ts'
import { timitName } from './timit-names.ts'

test('both qualities, with the recordings of VidTIMIT beside them or elsewhere', async () => {
  const fakes = ['higher_quality/fadg0/sa1-video-fram1.avi', 'lower_quality/fadg0/sx9-video-fram1.avi']
  const real = ['fadg0/video/sa1/001', 'fadg0/video/sa1/002', 'fadg0/video/head/001', 'fadg0/audio/sa1.wav']
  const root = await tree(...fakes, ...real.map((path) => `VidTIMIT/${path}`))
  const identities = ['timit-fadg0', 'timit-fram1']
  const fake = { label: 'fake', identities, split: null }
  const recording = { label: 'real', subset: 'vidtimit', identities: ['timit-fadg0'], split: null }
  expect(within(root, await readDataset(root))).toEqual({
    'VidTIMIT/fadg0/video/head': recording,
    'VidTIMIT/fadg0/video/sa1': recording,
    'higher_quality/fadg0/sa1-video-fram1.avi': {
      ...fake,
      subset: 'higher_quality',
      source: 'VidTIMIT/fadg0/video/sa1',
    },
    'lower_quality/fadg0/sx9-video-fram1.avi': { ...fake, subset: 'lower_quality' },
  })
  const [apart, originals] = [await tree(...fakes), await tree(...real)]
  expect((await readDataset(apart)).entries.length).toBe(2)
  expect((await readDataset(apart, { originals })).entries.length).toBe(4)
})

test.each([
  ['fadg0_sa1', undefined, ['timit-fadg0'], undefined],
  ['fadg0_sx379-video-fram1', undefined, ['timit-fadg0', 'timit-fram1'], 'fadg0_sx379'],
  ['sx379-video-fram1', 'fadg0', ['timit-fadg0', 'timit-fram1'], 'fadg0_sx379'],
])('the name %s in %s', (name, folder, identities, source) => {
  expect(timitName(name, folder)).toEqual({ identities, ...(source !== undefined && { source }) })
})

test.each(['sx379-video-fram1', 'Ann_sa1', 'fadg0', '0001'])('%s says nothing', (name) => {
  expect(timitName(name)).toBeUndefined()
})
