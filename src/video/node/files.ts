import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether a file without a name can be opened again by the number of a descriptor. */
export const nameless = process.platform === 'linux'

/**
 * A new temporary file for reading and writing. On Linux it has no name any more, so that nothing can leave it behind;
 * elsewhere it is removed when it is closed, and when this process ends in an orderly way.
 */
export class TemporaryFile implements AsyncDisposable {
  readonly handle: FileHandle
  /** Opens the same bytes once more, in this process. */
  readonly path: string
  readonly #remove: () => Promise<void>

  private constructor(handle: FileHandle, path: string, remove: () => Promise<void>) {
    this.handle = handle
    this.path = path
    this.#remove = remove
  }

  static async create(folder = tmpdir()): Promise<TemporaryFile> {
    const path = join(folder, `unmask-${randomUUID()}.tmp`)
    const handle = await open(path, 'wx+', 0o600)
    if (!nameless) return new TemporaryFile(handle, path, () => rm(path, { force: true }))
    await rm(path)
    return new TemporaryFile(handle, pathOfDescriptor(handle.fd), async () => {})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close()
    await this.#remove()
  }
}

export function pathOfDescriptor(fd: number): string {
  return `/proc/self/fd/${fd}`
}
