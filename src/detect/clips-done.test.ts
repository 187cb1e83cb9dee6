import { expect, test } from 'vitest'
import { ClipsDone } from './clips-done.ts'

test('a clip is done when its faces were looked at, one without a face when it was read', () => {
  const told: number[] = []
  const done = new ClipsDone((clips) => told.push(clips))
  done.read(1, 0)
  expect(told).toEqual([1])
  done.read(2, 1) // the second has a face,
  done.read(3, 1) // the third has none
  expect(told).toEqual([1])
  done.looked()
  expect(told).toEqual([1, 3])
  done.looked() // the first of two faces, before the reader has come to the end of the clip
  done.read(4, 3)
  expect(told).toEqual([1, 3])
  done.looked()
  expect(told).toEqual([1, 3, 4])
})
