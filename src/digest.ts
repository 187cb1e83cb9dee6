import { UnmaskError } from './errors.ts'

/**
 * SHA-256 as hexadecimal digits.
 * @throws UnmaskError `digest-missing` in a page that the browser holds for insecure, where WebCrypto is absent
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = globalThis.crypto
  if (!subtle) throw new UnmaskError('digest-missing', 'this page cannot compute digests: it is not a secure context')
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
