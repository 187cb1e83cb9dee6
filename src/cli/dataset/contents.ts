import { contentHash } from '../../dataset/content-hash.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { interruptSignal } from '../interrupt.ts'
import { startProgress } from '../progress.ts'

/** Digests of what the entries' files hold, by path. @throws UnmaskError `file-access`; or the interruption */
export async function hashContents(entries: readonly DataEntry[]): Promise<ReadonlyMap<string, string>> {
  const signal = interruptSignal()
  using progress = startProgress('reading contents', 'files')
  const hashes = new Map<string, string>()
  for (const { path } of entries) {
    hashes.set(path, await contentHash(path, signal))
    progress.update(hashes.size, hashes.size / entries.length)
  }
  return hashes
}
