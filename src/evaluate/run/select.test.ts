import { describe, expect, test } from 'vitest'
import type { DataEntry } from '../../dataset/entry.ts'
import { selectEntries } from './select.ts'

const entry = (
  label: DataEntry['label'],
  subset: string,
  number: number,
  split: DataEntry['split'] = null,
): DataEntry => {
  return { path: `/${label}/${subset}/${number}.mp4`, label, subset, identities: [], split }
}
const some = (label: DataEntry['label'], subset: string, count: number) =>
  Array.from({ length: count }, (_, i) => entry(label, subset, i, i % 2 === 0 ? 'test' : 'train'))
const entries = [
  ...some('real', 'youtube', 9),
  ...some('fake', 'Deepfakes/c23', 9),
  ...some('fake', 'Deepfakes/c40', 3),
]

describe('selected entries', () => {
  test('are all of them when nothing is asked for', () => {
    expect(selectEntries(entries, {})).toEqual(entries)
  })

  test('are of the split and of the subsets', () => {
    expect(selectEntries(entries, { split: 'test', subsets: ['Deepfakes/*'] }).map(({ path }) => path)).toEqual([
      ...[0, 2, 4, 6, 8].map((number) => `/fake/Deepfakes/c23/${number}.mp4`),
      ...[0, 2].map((number) => `/fake/Deepfakes/c40/${number}.mp4`),
    ])
  })

  test('are so many of each subset at most, in their order, drawn by the seed', () => {
    const drawn = selectEntries(entries, { limit: 4, seed: 1 })
    expect(drawn).toHaveLength(4 + 4 + 3)
    expect(drawn).toEqual(entries.filter((one) => drawn.includes(one)))
    expect(selectEntries(entries, { limit: 4, seed: 1 })).toEqual(drawn)
    expect(selectEntries(entries, { limit: 4, seed: 2 })).not.toEqual(drawn)
  })

  test('what one subset loses does not change what is drawn of another', () => {
    const reals = (all: readonly DataEntry[]) =>
      selectEntries(all, { limit: 4 }).filter(({ label }) => label === 'real')
    expect(reals(entries.slice(0, 12))).toEqual(reals(entries))
  })

  test.each([
    [{ split: 'validation' } as const, 'no video is of the split "validation"; there are: test, train'],
    [{ subsets: ['FaceSwap'] }, 'no subset is called FaceSwap; there are: youtube, Deepfakes/c23, Deepfakes/c40'],
  ])('that are none are an error: %o', (selection, message) => {
    expect(() => selectEntries(entries, selection)).toThrow(message)
  })
})
