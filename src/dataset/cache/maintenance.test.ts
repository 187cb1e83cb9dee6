import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tree } from '../testing/trees.ts'
import { cropCacheSize, trimCropCache } from './maintenance.ts'

const name = (start: string) => `${start.padEnd(64, '0')}.safetensors`

async function cache(): Promise<string> {
  const folder = await tree(
    [`aa/${name('aa')}`, 'x'.repeat(100)],
    [`bb/${name('bb')}`, 'x'.repeat(100)],
    [`bb/${name('bc')}`, 'x'.repeat(100)],
    [`bb/.${name('bd')}.old.tmp`, 'x'.repeat(50)],
    [`bb/.${name('bd')}.new.tmp`, 'x'.repeat(50)],
    'bb/notes.txt',
    `cc/${'c'.repeat(64)}.jpg`,
    'models/face.onnx',
  )
  const hoursAgo = (path: string, hours: number) => {
    const time = Date.now() / 1000 - 3600 * hours
    return utimes(join(folder, path), time, time)
  }
  await hoursAgo(`aa/${name('aa')}`, 2)
  await hoursAgo(`bb/${name('bb')}`, 3)
  await hoursAgo(`bb/.${name('bd')}.old.tmp`, 4)
  return folder
}

const left = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  )

test('the oldest go first, with what killed processes left behind', async () => {
  const folder = await cache()
  expect(await cropCacheSize(folder)).toEqual({ files: 4, bytes: 350 })
  expect(await trimCropCache(folder, 250)).toEqual({ files: 2, bytes: 150 })
  expect(await left(folder)).not.toContain(name('bb'))
  expect(await trimCropCache(folder, 250)).toEqual({ files: 0, bytes: 0 })
  expect(await trimCropCache(folder, 100)).toEqual({ files: 1, bytes: 100 })
  expect(await left(folder)).toContain(name('bc'))
})

test('all of it: nothing of others, and nothing that is being written', async () => {
  const folder = await cache()
  await trimCropCache(folder, 0)
  expect((await left(folder)).sort()).toEqual(
    [`.${name('bd')}.new.tmp`, `${'c'.repeat(64)}.jpg`, 'face.onnx', 'notes.txt'].sort(),
  )
  expect(await cropCacheSize(folder)).toEqual({ files: 0, bytes: 0 })
})

test('a folder that does not exist', async () => {
  await expect(cropCacheSize('/none/such')).rejects.toMatchObject({ code: 'file-access' })
})
