import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { removeEmpty } from '../../files/new-folder.ts'
import { fileError } from '../../files/positional.ts'

/** A folder whose new content appears only when all of it is there. */
export interface OutputFolder extends AsyncDisposable {
  /** A new folder within it, to write into. */
  readonly temporary: string
  /** Moves what was written into place. Disposed of before that, what was there is as before. */
  commit(): Promise<void>
}

/**
 * Prepares a folder, and those above it, for content that we know by its names; anything else in it stays untouched.
 * @param isOurs whether an entry of this name is such content, which `commit` replaces
 * @param force whether it may be replaced
 * @throws UnmaskError `file-exists`, `file-access`
 */
export async function openOutputFolder(
  path: string,
  isOurs: (name: string) => boolean,
  force: boolean,
): Promise<OutputFolder> {
  const folder = resolve(path)
  const found = await stat(folder).catch(() => undefined)
  if (found && !found.isDirectory()) throw new UnmaskError('file-access', `${path}: is not a folder`)
  try {
    const firstNew = await mkdir(folder, { recursive: true })
    const existing = (await readdir(folder)).filter(isOurs)
    if (existing.length > 0 && !force)
      throw new UnmaskError('file-exists', `${join(path, existing[0]!)} exists already`)
    const temporary = join(folder, `.${randomUUID()}.tmp`)
    await mkdir(temporary)
    let committed = false
    return {
      temporary,
      commit: async () => {
        await replace(folder, temporary, isOurs).catch((error) => {
          throw fileError(path, error)
        })
        committed = true
      },
      [Symbol.asyncDispose]: async () => {
        await rm(temporary, { recursive: true, force: true })
        if (!committed && firstNew !== undefined) await removeEmpty(folder, firstNew)
      },
    }
  } catch (error) {
    throw fileError(path, error)
  }
}

async function replace(folder: string, temporary: string, isOurs: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(folder)).filter(isOurs)) await rm(join(folder, name), { recursive: true })
  for (const name of await readdir(temporary)) await rename(join(temporary, name), join(folder, name))
}
