import { UnmaskError } from '../errors.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { free, fromEngine, toEngine } from './convert.ts'
import type { Engine, Session, Value } from './engine.ts'
import type { Signature } from './protocol.ts'
import { checkOptions, signatureOf } from './session.ts'
import { sessionOptions } from './session-options.ts'
import { State } from './state.ts'
import type { CompileOptions, Tensors, TensorType } from './types.ts'

/** A run that is done, but for its state updates. */
export interface Outcome {
  readonly outputs: Tensors
  /** Replaces the state by the updates. */
  commit(): void
  /** Throws the updates away. */
  discard(): void
}

type Results = Awaited<ReturnType<Session['run']>>

interface Loaded {
  readonly session: Session
  readonly stateInputs: readonly TensorType[]
  readonly updates: ReadonlyMap<string, string>
}

/** Sessions and state on an engine: what a device's worker does. Knows neither platform nor messages. */
export class Executor {
  readonly state: State
  readonly #engine: Engine
  readonly #programs = new Map<number, Loaded>()

  constructor(engine: Engine) {
    this.#engine = engine
    this.state = new State(engine)
  }

  async compile(program: number, model: Uint8Array, options: CompileOptions): Promise<Signature> {
    const session = await this.#engine.ort.InferenceSession.create(model, sessionOptions(this.#engine, options))
    try {
      const signature = signatureOf(session)
      checkOptions(signature, options, this.#engine.state)
      const fromState = new Set(options.stateInputs)
      const stateInputs = signature.inputs.filter(({ name }) => fromState.has(name))
      this.#programs.set(program, { session, stateInputs, updates: new Map(Object.entries(options.updates ?? {})) })
      return signature
    } catch (error) {
      await session.release()
      throw error
    }
  }

  /** Runs a program; takes the feeds' memory over. */
  async run(program: number, feeds: Tensors): Promise<Outcome> {
    const { session, stateInputs, updates } = this.#find(program)
    const state = stateInputs.map((type) => [type.name, this.state.get(type)] as const)
    const fed = Object.entries(feeds).map(([name, tensor]) => [name, toEngine(this.#engine.ort, tensor)] as const)
    try {
      return this.#outcome(await session.run(Object.fromEntries([...state, ...fed])), updates, session)
    } finally {
      for (const [, value] of fed) free(value)
    }
  }

  async release(program: number): Promise<void> {
    const { session } = this.#find(program)
    this.#programs.delete(program)
    await this.state.forget(session)
    await session.release()
  }

  async dispose(): Promise<void> {
    await this.state.dispose()
    for (const { session } of this.#programs.values()) await session.release()
    this.#programs.clear()
  }

  #outcome(results: Results, updates: ReadonlyMap<string, string>, session: Session): Outcome {
    const outputs: Record<string, Tensor> = {}
    const replacing = new Map<string, Value>()
    for (const [name, value] of Object.entries(results)) {
      const state = updates.get(name)
      if (state === undefined) outputs[name] = fromEngine(value)
      else replacing.set(state, value)
    }
    return {
      outputs,
      commit: () => this.state.replace(replacing, session),
      discard: () => {
        for (const value of replacing.values()) free(value)
      },
    }
  }

  #find(program: number): Loaded {
    const found = this.#programs.get(program)
    if (!found) throw new UnmaskError('graph-use', 'the program was disposed')
    return found
  }
}
