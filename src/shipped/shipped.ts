import { readShipped } from '#shipped-files'
import { sha256 } from '../digest.ts'
import { UnmaskError } from '../errors.ts'

/** A file that is part of the package. */
export interface Shipped {
  /** Written as `new URL('../../models/...', import.meta.url)`: bundlers find the file by this form. */
  readonly url: URL
  /** SHA-256, hexadecimal. */
  readonly hash: string
}

/**
 * The bytes of a file of the package, held against its digest: servers answer with pages where a file is missing.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export async function loadShipped({ url, hash }: Shipped): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readShipped(url)
  const found = await sha256(bytes)
  if (found !== hash) {
    throw new UnmaskError('package-damaged', `${url.href}: its SHA-256 is ${found}, that of this version is ${hash}`)
  }
  return bytes
}
