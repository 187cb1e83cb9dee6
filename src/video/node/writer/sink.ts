import type { FileHandle } from 'node:fs/promises'
import { UnmaskError } from '../../../errors.ts'
import { fileError, writeRange } from '../../../files/positional.ts'
import { replaceFile } from '../../../files/replace.ts'

/** Where the bytes of a video go. */
export interface Sink {
  /** Puts bytes at a place, which may have been written before. */
  write(bytes: Uint8Array, position: number): Promise<void>
  /** Everything is written. @returns how many bytes there are */
  finish(): Promise<number>
  /** Gives up: nothing stays. After `finish` it does nothing. */
  discard(): Promise<void>
}

/** A file that appears under its name only when it is finished. @throws UnmaskError `file-access` */
export async function fileSink(path: string): Promise<Sink> {
  const opened = Promise.withResolvers<FileHandle>()
  const content = Promise.withResolvers<void>()
  const replaced = replaceFile(path, (file) => {
    opened.resolve(file)
    return content.promise
  })
  replaced.catch(opened.reject) // handled here: whoever waits for `replaced` still gets it
  const file = await opened.promise
  let size = 0
  return {
    write: async (bytes, position) => {
      await writeRange(file, bytes, position).catch((error) => {
        throw fileError(path, error)
      })
      size = Math.max(size, position + bytes.length)
    },
    finish: async () => {
      content.resolve()
      await replaced
      return size
    },
    discard: async () => {
      content.reject(new UnmaskError('disposed', `${path}: given up`))
      await replaced.catch(() => {})
    },
  }
}

/** Bytes in memory. */
export class MemorySink implements Sink {
  #bytes = new Uint8Array(2 ** 16)
  #size = 0

  /** What was written; a view that later writes may change. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#size)
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    const end = position + bytes.length
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length))
      larger.set(this.bytes)
      this.#bytes = larger
    }
    this.#bytes.set(bytes, position)
    this.#size = Math.max(this.#size, end)
  }

  async finish(): Promise<number> {
    return this.#size
  }

  async discard(): Promise<void> {
    this.#bytes = new Uint8Array()
    this.#size = 0
  }
}
