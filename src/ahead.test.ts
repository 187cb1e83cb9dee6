import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ahead } from './ahead.ts'

async function* numbers(log: string[], count = 5, failAt = Number.POSITIVE_INFINITY) {
  try {
    for (let i = 0; i < count; i += 1) {
      if (i === failAt) throw new Error(`number ${i}`)
      log.push(`made ${i}`)
      yield i
    }
  } finally {
    log.push('closed')
  }
}

test('makes one item while another is in use, and not more', async () => {
  const log: string[] = []
  for await (const i of ahead(numbers(log, 3))) {
    await sleep(1)
    log.push(`used ${i}`)
  }
  expect(log).toEqual(['made 0', 'made 1', 'used 0', 'made 2', 'used 1', 'closed', 'used 2'])
})

test('closes what it reads when its reader stops early', async () => {
  const log: string[] = []
  for await (const i of ahead(numbers(log))) if (i === 1) break
  expect(log).toEqual(['made 0', 'made 1', 'made 2', 'closed'])
})

test('gives what was made before a failure, then the failure', async () => {
  const log: string[] = []
  const read = async () => {
    for await (const i of ahead(numbers(log, 5, 2))) {
      await sleep(5)
      log.push(`used ${i}`)
    }
  }
  await expect(read()).rejects.toThrow('number 2')
  expect(log).toEqual(['made 0', 'made 1', 'used 0', 'closed', 'used 1'])
})
