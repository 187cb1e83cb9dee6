import { UnmaskError } from '../errors.ts'

/** Fetches a file of the package, from where the bundler put it. @throws UnmaskError `file-access` */
export async function readShipped(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const fail = (reason: string, cause?: unknown) =>
    new UnmaskError('file-access', `a file of this package, ${url.href}: ${reason}`, { cause })
  const response = await fetch(url).catch((cause: Error) => {
    throw fail(cause.message, cause)
  })
  if (!response.ok) throw fail(`the server answers ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
