import { expect, test } from 'vitest'
import { ClipsDone } from './clips-done.ts'

test('a clip is done when it was looked at, one without a face when it was read', () => {
  const told: number[] = []
  const done = new ClipsDone((clips) => told.push(clips))
  done.read(1) // no face
  expect(told).toEqual([1])
  done.look(1)
  done.read(2)
  done.read(3) // no face either
  expect(told).toEqual([1])
  done.look()
  expect(told).toEqual([1, 3])
  done.look(3)
  done.look()
  done.look(3) // another face
  done.read(4)
  expect(told).toEqual([1, 3])
  done.look()
  expect(told).toEqual([1, 3, 4])
})
