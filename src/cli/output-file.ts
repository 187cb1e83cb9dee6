import { lstat } from 'node:fs/promises'
import { UnmaskError } from '../errors.ts'

/**
 * Refuses to replace a file, before the work whose result it is to hold.
 * @throws UnmaskError `file-exists`
 */
export async function refuseExisting(path: string, force: boolean): Promise<void> {
  if (force) return
  const found = await lstat(path).catch(() => undefined)
  if (found) throw new UnmaskError('file-exists', `${path} exists already`)
}

/** What a command that wrote a file ends with. */
export function reportWritten(path: string, bytes: number, hash: string): void {
  console.log(`wrote ${path}: ${bytes.toLocaleString('en')} bytes, sha256 ${hash}`)
}
