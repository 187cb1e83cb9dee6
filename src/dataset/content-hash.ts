import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { UnmaskError } from '../errors.ts'
import { fileError } from '../files/positional.ts'
import { stillsInFolder } from '../video/node/stills.ts'

/**
 * SHA-256 of what a file holds, or of the pictures in a folder of frames, in their order; hexadecimal. Names do not count.
 * @throws UnmaskError `file-access`, `video-format` (a folder without pictures); or the signal's reason
 */
export async function contentHash(path: string, signal?: AbortSignal): Promise<string> {
  try {
    const found = await stat(path)
    if (found.isFile()) return await fileHash(path, signal)
    // Opening a pipe would wait until somebody writes into it.
    if (!found.isDirectory()) throw new UnmaskError('file-access', `${path}: is not a regular file`)
    const whole = createHash('sha256').update('frames')
    for (const picture of await stillsInFolder(path)) whole.update(await fileHash(picture, signal))
    return whole.digest('hex')
  } catch (error) {
    signal?.throwIfAborted()
    throw fileError(path, error)
  }
}

async function fileHash(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash, signal ? { signal } : {})
  return hash.digest('hex')
}
