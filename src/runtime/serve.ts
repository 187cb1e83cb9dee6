import { UnmaskError } from '../errors.ts'
import { transferables } from './copies.ts'
import type { LoadEngine } from './engine.ts'
import { Executor } from './executor.ts'
import type { Message, Reply, Request } from './protocol.ts'
import type { Tensors } from './types.ts'

/** The worker's end of the line, as far as answering needs it. */
export interface Caller {
  post(reply: Reply, transfer: readonly Transferable[]): void
  /** Resolves when all messages that have arrived by now were received. */
  turn(): Promise<void>
}

/** The request being answered, and the caller's last word on it. */
interface Current {
  readonly id: number
  readonly settled: PromiseWithResolvers<boolean>
  dropped: boolean
}

/** Answers requests one after the other in the order of arrival. */
export class Server {
  readonly #caller: Caller
  readonly #loadEngine: LoadEngine
  readonly #queue: Request[] = []
  #executor: Executor | undefined
  #current: Current | undefined
  #working = false

  constructor(caller: Caller, loadEngine: LoadEngine) {
    this.#caller = caller
    this.#loadEngine = loadEngine
  }

  /** Takes a message in. */
  receive(message: Message): void {
    if (message.op === 'settle') this.#settle(message.id, message.keep)
    else {
      this.#queue.push(message)
      if (!this.#working) void this.#work()
    }
  }

  /** Frees everything, once the request being answered is. */
  async dispose(): Promise<void> {
    this.#queue.length = 0
    this.#current?.settled.resolve(false)
    while (this.#working) await this.#caller.turn()
    await this.#executor?.dispose()
  }

  #settle(id: number, keep: boolean): void {
    if (this.#current?.id === id) {
      this.#current.dropped = !keep
      this.#current.settled.resolve(keep)
    } else if (!keep) {
      const place = this.#queue.findIndex((request) => request.id === id)
      if (place >= 0) this.#queue.splice(place, 1)
    }
  }

  async #work(): Promise<void> {
    this.#working = true
    // Between two requests the messages that came in meanwhile are heard, so that an aborted run does not start.
    for (await this.#caller.turn(); this.#queue.length > 0; await this.#caller.turn()) {
      const request = this.#queue.shift()!
      this.#current = { id: request.id, settled: Promise.withResolvers(), dropped: false }
      try {
        await this.#answer(request, this.#current)
      } catch (error) {
        this.#caller.post({ id: request.id, error: describe(error) }, [])
      }
      this.#current = undefined
    }
    this.#working = false
  }

  async #answer(request: Request, current: Current): Promise<void> {
    const reply = (value: unknown, transfer: readonly Transferable[] = []) =>
      this.#caller.post({ id: request.id, value }, transfer)
    if (request.op === 'open') {
      const engine = await this.#loadEngine(request.kind, request.threads)
      this.#executor = new Executor(engine)
      const { engine: name, threads, note } = engine
      return reply({ engine: name, threads, ...(note === undefined ? {} : { note }) })
    }
    const executor = this.#executor
    if (!executor) throw new UnmaskError('device-failed', 'the device is not open')
    switch (request.op) {
      case 'compile':
        return reply(await executor.compile(request.program, request.model, request.options))
      case 'release':
        return reply(await executor.release(request.program))
      case 'write':
        return reply(await executor.state.write(request.state))
      case 'read':
        // Not transferred: in host memory these are the state itself.
        return reply(await executor.state.read(request.names))
      case 'run': {
        const outcome = await executor.run(request.program, request.feeds)
        if (current.dropped) return outcome.discard()
        reply(outcome.outputs, transferables(outcome.outputs as Tensors))
        if (!request.confirm || (await current.settled.promise)) outcome.commit()
        else outcome.discard()
      }
    }
  }
}

function describe(error: unknown): { code: UnmaskError['code']; message: string } {
  if (error instanceof UnmaskError) return { code: error.code, message: error.message }
  // wasm throws bare numbers and strings.
  return { code: 'device-failed', message: error instanceof Error ? error.message.trim() : String(error) }
}
