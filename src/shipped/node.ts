import { readFile } from 'node:fs/promises'
import { UnmaskError } from '../errors.ts'

/** Reads a file of the package. @throws UnmaskError `file-access` */
export async function readShipped(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(url))
  } catch (cause) {
    throw new UnmaskError('file-access', `a file of this package, ${url.href}: ${(cause as Error).message}`, { cause })
  }
}
