import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { type PrepareProgress, prepareAll } from './prepare.ts'

const items = Array.from({ length: 50 }, (_, i) => i)

describe('many items, a few at a time', () => {
  test('problems come in the order of the items, progress counts', async () => {
    let [running, most] = [0, 0]
    const seen: PrepareProgress[] = []
    const one = async (i: number) => {
      most = Math.max(most, ++running)
      for (let turn = 0; turn < (7 * i) % 5; turn++) await setImmediate()
      running--
      return i % 10 === 3 ? `problem ${i}` : undefined
    }
    const problems = await prepareAll(items, one, 4, { onProgress: (progress) => seen.push(progress) })
    expect(problems).toEqual([3, 13, 23, 33, 43].map((i) => `problem ${i}`))
    expect(most).toBe(4)
    expect(seen.map(({ done }) => done)).toEqual(items.map((i) => i + 1))
    expect(seen.at(-1)).toMatchObject({ done: 50, total: 50, failures: 5 })
  })

  test('what is thrown ends everything', async () => {
    let begun = 0
    const one = async (i: number) => {
      begun++
      await setImmediate()
      if (i === 5) throw new Error('no more')
      return undefined
    }
    await expect(prepareAll(items, one, 2, {})).rejects.toThrow('no more')
    for (let turn = 0; turn < 9; turn++) await setImmediate()
    expect(begun).toBeLessThan(10)
  })

  test('a signal ends it at once, even what never ends', async () => {
    const controller = new AbortController()
    const ended = prepareAll(items, () => new Promise(() => {}), 2, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(ended).rejects.toThrow('enough')
    await expect(prepareAll(items, async () => undefined, 2, { signal: controller.signal })).rejects.toThrow('enough')
  })

  test('of nothing there are no problems', async () => {
    expect(await prepareAll([], async () => 'problem', 2, {})).toEqual([])
  })
})
