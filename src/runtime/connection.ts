import { UnmaskError } from '../errors.ts'
import type { Channel } from './platform.ts'
import type { Operation, Operations, Reply } from './protocol.ts'

interface Pending {
  resolve(value: unknown): void
  reject(reason: unknown): void
}

export interface CallOptions {
  readonly transfer?: readonly Transferable[]
  readonly signal?: AbortSignal | undefined
  /** Whether the worker waits for our last word before it commits. */
  readonly confirm?: boolean
}

/** The caller's end of the line to a worker: turns requests into promises, none of which is left hanging. */
export class Connection {
  readonly #channel: Channel
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  #end: UnmaskError | undefined
  #closing: Promise<void> | undefined

  constructor(channel: Channel) {
    this.#channel = channel
    channel.listen(
      (message) => this.#receive(message as Reply),
      (reason) => this.#finish(new UnmaskError('device-failed', `the device's worker died: ${reason}`)),
    )
  }

  /** Asks the worker. Rejects with its error, the signal's reason, or the error that ended the connection. */
  call<O extends Operation>(
    op: O,
    input: Operations[O]['input'],
    { transfer = [], signal, confirm = false }: CallOptions = {},
  ): Promise<Operations[O]['output']> {
    if (this.#end) return Promise.reject(this.#end)
    if (signal?.aborted) return Promise.reject(signal.reason)
    const id = ++this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<Operations[O]['output']>()
    const abort = () => {
      this.#take(id)?.reject(signal?.reason)
      this.#channel.post({ op: 'settle', id, keep: false }, [])
    }
    const stopListening = () => signal?.removeEventListener('abort', abort)
    this.#pending.set(id, {
      resolve: (value) => {
        stopListening()
        if (confirm) this.#channel.post({ op: 'settle', id, keep: true }, [])
        resolve(value as Operations[O]['output'])
      },
      reject: (reason) => {
        stopListening()
        reject(reason)
      },
    })
    this.#channel.busy(true)
    try {
      this.#channel.post({ op, id, ...input }, transfer)
      signal?.addEventListener('abort', abort, { once: true })
    } catch (cause) {
      this.#take(id)
      reject(new UnmaskError('graph-use', `the arguments cannot be sent to the worker: ${cause}`, { cause }))
    }
    return promise
  }

  /** Ends the worker and rejects what is pending. Calling it again waits for the same end. */
  close(): Promise<void> {
    this.#finish(new UnmaskError('disposed', 'the device was disposed'))
    this.#closing ??= this.#channel.close()
    return this.#closing
  }

  #receive(reply: Reply): void {
    const pending = this.#take(reply.id)
    // Nobody waits any more for what was aborted.
    if (!pending) return
    if ('error' in reply) pending.reject(new UnmaskError(reply.error.code, reply.error.message))
    else pending.resolve(reply.value)
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    if (this.#pending.delete(id) && this.#pending.size === 0) this.#channel.busy(false)
    return pending
  }

  #finish(reason: UnmaskError): void {
    this.#end ??= reason
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(reason)
  }
}
