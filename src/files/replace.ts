/** Writing files (Node only) so that a reader sees the old file or the new one, never a part. */
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileError, writeRange } from './positional.ts'

/**
 * Writes a file: into a temporary file in the same folder, flushed to disk, then renamed to `path`, which replaces what
 * was there. After any failure the temporary file is removed and `path` is as before. (Only a process that is killed can
 * leave a `.name.*.tmp` behind.)
 * @param content the bytes, or a function that writes them
 * @throws UnmaskError `file-access`; what `content` throws
 */
export async function replaceFile(
  path: string,
  content: Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  const write = typeof content === 'function' ? content : (file: FileHandle) => writeRange(file, content, 0)
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await writeNew(temporary, write)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}) // the first error says more
    throw fileError(path, error)
  }
  await flushFolder(dirname(path))
}

async function writeNew(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await write(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the rename itself outlast a power cut, where the system lets folders be flushed (Windows does not). */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // The file is whole either way.
  }
}
