/** Reading whole files (Node only). */
import { readFile, stat } from 'node:fs/promises'
import { UnmaskError } from '../errors.ts'
import { fileError } from './positional.ts'

/** All bytes of a regular file. @throws UnmaskError `file-access` */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // Before opening: the open of a pipe waits until somebody writes to it.
    const found = await stat(path)
    if (!found.isFile()) throw new UnmaskError('file-access', `${path}: is not a regular file`)
    return await readFile(path)
  } catch (error) {
    throw fileError(path, error)
  }
}
