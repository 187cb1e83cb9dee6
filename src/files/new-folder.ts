/** Making folders for files (Node only), and not leaving any behind that were made for nothing. */
import { mkdir, rmdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileError } from './positional.ts'

/**
 * Does what writes into a folder, which is made where there is none, with those above it; if it fails, those that were
 * made are removed, unless something is in them by then.
 * @throws UnmaskError `file-access`; what `write` throws
 */
export async function inFolder<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  const folder = resolve(path)
  const firstNew = await mkdir(folder, { recursive: true }).catch((error) => {
    throw fileError(path, error)
  })
  try {
    return await write()
  } catch (error) {
    if (firstNew !== undefined) await removeEmpty(folder, firstNew)
    throw error
  }
}

/** Removes folders that were made for nothing, from the innermost to the outermost, unless something is in them by now. */
export async function removeEmpty(innermost: string, outermost: string): Promise<void> {
  for (let folder = innermost; folder.length >= outermost.length; folder = dirname(folder)) {
    try {
      await rmdir(folder)
    } catch {
      return
    }
  }
}
