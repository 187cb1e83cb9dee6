import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { loadShipped } from './shipped.ts'

const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' // of "abc", FIPS 180-4

test('a file of the package is read, a missing or another one is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shipped-'))
  try {
    const url = pathToFileURL(join(folder, 'file'))
    await expect(loadShipped({ url, hash })).rejects.toMatchObject({
      code: 'file-access',
      message: expect.stringContaining('ENOENT'),
    })
    await writeFile(url, 'abc')
    expect(new TextDecoder().decode(await loadShipped({ url, hash }))).toBe('abc')
    await writeFile(url, '<!doctype html>')
    await expect(loadShipped({ url, hash })).rejects.toMatchObject({
      code: 'package-damaged',
      message: expect.stringContaining(url.href),
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})
