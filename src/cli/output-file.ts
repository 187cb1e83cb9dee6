import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
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

/**
 * Refuses to write over what is read.
 * @throws UnmaskError `usage`
 */
export async function refuseInputs(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  const read = new Set(await Promise.all(inputs.map(place)))
  for (const path of outputs) {
    if (read.has(await place(path))) throw new UnmaskError('usage', `${path} is the video itself`)
  }
}

/** The absolute path, of an existing folder without links. */
async function place(path: string): Promise<string> {
  const absolute = resolve(path)
  return realpath(absolute).catch(async () =>
    join(await realpath(dirname(absolute)).catch(() => dirname(absolute)), basename(absolute)),
  )
}

/** What a command that wrote a file ends with. */
export function reportWritten(path: string, bytes: number, hash: string): void {
  console.log(`wrote ${path}: ${bytes.toLocaleString('en')} bytes, sha256 ${hash}`)
}
