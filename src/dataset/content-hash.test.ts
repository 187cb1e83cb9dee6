import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contentHash } from './content-hash.ts'
import { tree } from './testing/trees.ts'

test('of files and folders of frames: what they hold counts, not their names', async () => {
  const root = await tree(
    ['a.mp4', 'one'],
    ['b.mp4', 'one'],
    ['c.mp4', 'two'],
    ['f/2.jpg', 'one'],
    ['f/10.jpg', 'two'],
    ['g/001', 'one'],
    ['g/002', 'two'],
    ['h/1.jpg', 'two'],
    ['h/2.jpg', 'one'],
    'f/notes.txt',
  )
  const hash = (name: string) => contentHash(join(root, name))
  expect(await hash('a.mp4')).toBe(createHash('sha256').update('one').digest('hex'))
  expect(await hash('b.mp4')).toBe(await hash('a.mp4'))
  expect(await hash('c.mp4')).not.toBe(await hash('a.mp4'))
  expect(await hash('g')).toBe(await hash('f'))
  expect(await hash('h')).not.toBe(await hash('f'))
})

test('of what cannot be read', async () => {
  const root = await tree('empty/notes.txt')
  await expect(contentHash(join(root, 'none'))).rejects.toMatchObject({ code: 'file-access' })
  await expect(contentHash(join(root, 'empty'))).rejects.toMatchObject({ code: 'video-format' })
  await expect(contentHash('/dev/null')).rejects.toMatchObject({ code: 'file-access' })
  const stopped = AbortSignal.abort(new Error('enough'))
  await expect(contentHash(join(root, 'empty/notes.txt'), stopped)).rejects.toThrow('enough')
})
