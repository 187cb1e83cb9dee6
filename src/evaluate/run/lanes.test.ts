import { expect, test } from 'vitest'
import { inLanes } from './lanes.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('does each item once, in as many lanes as there are', async () => {
  const done: number[] = []
  const busy = new Set<string>()
  let most = 0
  await inLanes(['a', 'b', 'c'], [...Array(20).keys()], async (item, lane) => {
    expect(busy.has(lane)).toBe(false)
    busy.add(lane)
    most = Math.max(most, busy.size)
    for (let i = 0; i < item % 4; i++) await turn()
    busy.delete(lane)
    done.push(item)
  })
  expect(done.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()])
  expect(most).toBe(3)
})

test('ends with the first failure, after what was under way', async () => {
  const done: number[] = []
  const work = inLanes([1, 2], [...Array(20).keys()], async (item) => {
    await turn()
    if (item === 3) throw new Error('three')
    await turn()
    done.push(item)
  })
  await expect(work).rejects.toThrow('three')
  expect(done).toEqual([0, 1, 2])
})

test('without items does nothing', async () => {
  await inLanes([1], [], () => Promise.reject(new Error('never')))
})
