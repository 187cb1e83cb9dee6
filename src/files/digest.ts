/** What files hold, as one number (Node only). */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError } from './positional.ts'

/**
 * SHA-256 of a file, or of a folder: of the names and contents of all that is in it, in the order of the names; as
 * hexadecimal digits. Where it lies and when it was written do not matter.
 * @throws UnmaskError `file-access`; the signal's reason
 */
export async function digestOf(path: string, signal?: AbortSignal): Promise<string> {
  try {
    const hash = createHash('sha256')
    if ((await stat(path)).isDirectory()) await addFolder(hash, path, signal)
    else await addFile(hash, path, signal)
    return hash.digest('hex')
  } catch (error) {
    throw fileError(path, error)
  }
}

async function addFolder(hash: Hash, folder: string, signal: AbortSignal | undefined): Promise<void> {
  for (const name of (await readdir(folder)).sort()) {
    signal?.throwIfAborted()
    hash.update(`${name}\0${await digestOf(join(folder, name), signal)}\n`)
  }
}

async function addFile(hash: Hash, path: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  for await (const bytes of createReadStream(path, { highWaterMark: 2 ** 20, ...(signal && { signal }) })) {
    hash.update(bytes as Buffer)
  }
}
