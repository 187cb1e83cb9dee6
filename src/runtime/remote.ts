import { UnmaskError } from '../errors.ts'
import type { Connection } from './connection.ts'
import { detached, transferables } from './copies.ts'
import { checkFeeds, checkTensor } from './feeds.ts'
import { checkKeys } from './options.ts'
import type { Signature } from './protocol.ts'
import type { CompileOptions, Device, DeviceReport, Program, RunOptions, Tensors, TensorType } from './types.ts'

/** A device whose work is done by the worker at the other end of a connection. */
export class RemoteDevice implements Device {
  readonly report: DeviceReport
  readonly #connection: Connection
  #lastProgram = 0

  constructor(connection: Connection, report: DeviceReport) {
    this.#connection = connection
    this.report = report
  }

  async compile(model: Uint8Array, options: CompileOptions = {}): Promise<Program> {
    checkKeys('compile option', options, ['stateInputs', 'updates', 'training', 'sharesProcessor', 'transferModel'])
    const program = ++this.#lastProgram
    const whole = model.buffer instanceof ArrayBuffer && model.byteLength === model.buffer.byteLength
    const own = options.transferModel && whole ? (model as Uint8Array<ArrayBuffer>) : new Uint8Array(model)
    const input = { program, model: own, options }
    const signature = await this.#connection.call('compile', input, { transfer: [own.buffer] })
    return new RemoteProgram(this.#connection, program, signature, options)
  }

  async write(state: Tensors): Promise<void> {
    for (const [name, tensor] of Object.entries(state)) checkTensor(`state "${name}"`, tensor)
    const copies = detached(state, true)
    await this.#connection.call('write', { state: copies }, { transfer: transferables(copies) })
  }

  async read(names?: readonly string[]): Promise<Tensors> {
    return this.#connection.call('read', { names })
  }

  dispose(): Promise<void> {
    return this.#connection.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose()
  }
}

class RemoteProgram implements Program {
  readonly inputs: readonly TensorType[]
  readonly outputs: readonly TensorType[]
  readonly #connection: Connection
  readonly #program: number
  readonly #updates: boolean
  #disposing: Promise<void> | undefined

  constructor(connection: Connection, program: number, signature: Signature, options: CompileOptions) {
    const { stateInputs = [], updates = {} } = options
    this.#connection = connection
    this.#program = program
    this.#updates = Object.keys(updates).length > 0
    this.inputs = signature.inputs.filter(({ name }) => !stateInputs.includes(name))
    this.outputs = signature.outputs.filter(({ name }) => !Object.hasOwn(updates, name))
  }

  async run(feeds: Tensors, options: RunOptions = {}): Promise<Tensors> {
    checkKeys('run option', options, ['signal', 'transferFeeds'])
    const { signal, transferFeeds = false } = options
    signal?.throwIfAborted()
    if (this.#disposing) throw new UnmaskError('disposed', 'the program was disposed')
    checkFeeds(this.inputs, feeds)
    const own = detached(feeds, !transferFeeds)
    // Without a signal nothing can take a run back, so the worker need not wait for our word.
    const confirm = this.#updates && signal !== undefined
    const input = { program: this.#program, feeds: own, confirm }
    return this.#connection.call('run', input, { transfer: transferables(own), signal, confirm })
  }

  dispose(): Promise<void> {
    this.#disposing ??= this.#connection.call('release', { program: this.#program }).catch(ignoreEnd)
    return this.#disposing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose()
  }
}

/** A program whose device is gone is gone too. */
function ignoreEnd(error: unknown): undefined {
  if (error instanceof UnmaskError && (error.code === 'disposed' || error.code === 'device-failed')) return undefined
  throw error
}
