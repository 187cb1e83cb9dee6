import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeLock } from './lock.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-lock-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('belongs to one at a time, and is gone afterwards', async () => {
  const path = join(folder, 'one.lock')
  {
    await using _lock = await takeLock(path, 'a run')
    await expect(takeLock(path, 'a run')).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringMatching(`a run of process ${process.pid} on `),
    })
  }
  expect(await readdir(folder)).toEqual([])
  await using _again = await takeLock(path, 'a run')
})

test('of a process that has ended is taken over', async () => {
  const path = join(folder, 'ended.lock')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  await writeFile(path, `${pid} ${hostname()}\n`)
  await using _lock = await takeLock(path, 'a run')
})

test('of another host, or of nobody knows whom, is left to its owner', async () => {
  for (const text of ['1 elsewhere\n', '']) {
    const path = join(folder, 'other.lock')
    await writeFile(path, text)
    await expect(takeLock(path, 'a run')).rejects.toMatchObject({ code: 'in-use' })
  }
})

test('cannot be had where no file can be', async () => {
  await expect(takeLock(join(folder, 'none', 'a.lock'), 'a run')).rejects.toMatchObject({ code: 'file-access' })
})
