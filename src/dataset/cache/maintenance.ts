import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError } from '../../files/positional.ts'

/** Files of a cache and their bytes. */
export interface CacheSize {
  readonly files: number
  readonly bytes: number
}

interface CacheFile {
  readonly path: string
  readonly bytes: number
  /** When it was written, milliseconds. */
  readonly written: number
  readonly isLeftOver: boolean
}

/** What is there of the cache's own; other files in the folder are none of its business. @throws UnmaskError `file-access` */
export async function cropCacheSize(folder: string): Promise<CacheSize> {
  return sizeOf(await filesOf(folder))
}

/**
 * Removes the oldest crops until no more than so many bytes are left, and what killed processes left behind. A process that
 * uses the cache meanwhile makes anew what it misses.
 * @returns what was removed
 * @throws UnmaskError `file-access`
 */
export async function trimCropCache(folder: string, bytes: number): Promise<CacheSize> {
  const files = await filesOf(folder)
  let left = sizeOf(files).bytes
  const removed: CacheFile[] = []
  for (const file of files.toSorted((one, other) => one.written - other.written)) {
    if (left <= bytes && !file.isLeftOver) continue
    await rm(file.path, { force: true }).catch((error) => {
      throw fileError(file.path, error)
    })
    left -= file.bytes
    removed.push(file)
  }
  return sizeOf(removed)
}

const crops = /^[0-9a-f]{64}\.safetensors$/
/** Of `replaceFile` in a process that was killed: no file takes an hour to write. */
const leftOver = /^\.[0-9a-f]{64}\.safetensors\..*\.tmp$/
const writing = 60 * 60 * 1000

async function filesOf(folder: string): Promise<CacheFile[]> {
  const found: CacheFile[] = []
  for (const part of await namesIn(folder)) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue
    for (const name of await namesIn(join(folder, part))) {
      if (!crops.test(name) && !leftOver.test(name)) continue
      const path = join(folder, part, name)
      const facts = await stat(path).catch(() => undefined) // somebody else may have removed it
      if (!facts) continue
      const isLeftOver = leftOver.test(name) && Date.now() - facts.mtimeMs > writing
      if (crops.test(name) || isLeftOver) found.push({ path, bytes: facts.size, written: facts.mtimeMs, isLeftOver })
    }
  }
  return found
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    throw fileError(folder, error)
  }
}

function sizeOf(files: readonly CacheFile[]): CacheSize {
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}
