/**
 * Records on a pipe, from the decoding process to its parent: length of the head and of the data (32 bits each, little
 * endian), the head as JSON, the data.
 */
import type { Readable, Writable } from 'node:stream'
import { UnmaskError } from '../../../errors.ts'

export interface Piece {
  readonly head: unknown
  readonly data: Uint8Array<ArrayBuffer>
}

const prefixBytes = 8
const mostHeadBytes = 2 ** 20

/** Writes one record. @returns when it has left this process, or as soon as nobody reads any more */
export function writeRecord(to: Writable, head: unknown, data: Uint8Array = new Uint8Array()): Promise<void> {
  const text = Buffer.from(JSON.stringify(head))
  const prefix = Buffer.alloc(prefixBytes)
  prefix.writeUInt32LE(text.length, 0)
  prefix.writeUInt32LE(data.length, 4)
  return new Promise((resolve) => {
    to.cork()
    to.write(prefix)
    to.write(text)
    to.write(data, () => resolve())
    to.uncork()
  })
}

/** Reads records; what it reads may come from a process that went mad. */
export class RecordReader {
  readonly #chunks: AsyncIterator<Buffer>
  readonly #mostBytes: number
  #rest: Uint8Array = new Uint8Array()

  /** @param mostBytes of the data of a record */
  constructor(from: Readable, mostBytes: number) {
    this.#chunks = from[Symbol.asyncIterator]()
    this.#mostBytes = mostBytes
  }

  /**
   * The next record; undefined where the pipe ends.
   * @param allocate gives the memory for its data, if it has any
   * @throws UnmaskError `video-damaged` for what is no record
   */
  async read(allocate = newMemory): Promise<Piece | undefined> {
    const prefix = await this.#fill(newMemory(prefixBytes))
    if (!prefix) return undefined
    const lengths = new DataView(prefix.buffer)
    const [headBytes, dataBytes] = [lengths.getUint32(0, true), lengths.getUint32(4, true)]
    if (headBytes > mostHeadBytes || dataBytes > this.#mostBytes) throw nonsense()
    const head = await this.#fill(newMemory(headBytes))
    const data = await this.#fill(dataBytes > 0 ? allocate(dataBytes) : newMemory(0))
    if (!head || !data) return undefined
    try {
      return { head: JSON.parse(new TextDecoder().decode(head)), data }
    } catch {
      throw nonsense()
    }
  }

  async #fill(target: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
    let done = 0
    for (;;) {
      const part = this.#rest.subarray(0, target.length - done)
      target.set(part, done)
      done += part.length
      this.#rest = this.#rest.subarray(part.length)
      if (done === target.length) return target
      const { value, done: ended } = await this.#chunks.next()
      if (ended) return undefined
      this.#rest = value
    }
  }
}

/** Not cleared, as all of it is written; a view of its own memory, not of Node's pool. */
function newMemory(bytes: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer)
}

/** What a process in its right mind does not answer. */
export function nonsense(): UnmaskError {
  return new UnmaskError('video-damaged', 'the decoding process answered with nonsense')
}
