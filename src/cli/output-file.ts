import { access, constants, lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isFolder } from '../dataset/layouts/tree.ts'
import { UnmaskError } from '../errors.ts'
import { fileError } from '../files/positional.ts'

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

/**
 * Refuses to write one file over another.
 * @throws UnmaskError `usage`
 */
export async function refuseSame(one: string, other: string): Promise<void> {
  if ((await place(one)) === (await place(other))) {
    throw new UnmaskError('usage', `${one} and ${other} are the same file: one would be lost`)
  }
}

/**
 * Finds out before the work whether a file can be written.
 * @throws UnmaskError `file-access` where its folder, or the one that this will be made in, takes no files
 */
export async function checkWritable(path: string): Promise<void> {
  let folder = dirname(resolve(path))
  while (folder !== dirname(folder) && !(await lstat(folder).catch(() => undefined))) folder = dirname(folder)
  if (!(await isFolder(folder))) throw new UnmaskError('file-access', `${path}: ${basename(folder)} is not a folder`)
  await access(folder, constants.W_OK).catch((error) => {
    throw fileError(path, error)
  })
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
