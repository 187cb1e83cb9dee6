import { UnmaskError } from '../errors.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { free, fromEngine, toEngine } from './convert.ts'
import type { Engine, Session, Value } from './engine.ts'
import { describeType, fits } from './feeds.ts'
import { Transport } from './transport.ts'
import type { Tensors, TensorType } from './types.ts'

/** The named tensors that a device's programs share. */
export class State {
  readonly #engine: Engine
  readonly #transport: Transport
  readonly #values = new Map<string, Value>()
  /** The sessions that computed the values; what was written is not in it. */
  readonly #makers = new WeakMap<Value, Session>()

  constructor(engine: Engine) {
    this.#engine = engine
    this.#transport = new Transport(engine)
  }

  /** Takes the tensors' memory over. All are replaced, or none. */
  async write(tensors: Tensors): Promise<void> {
    const values = new Map<string, Value>()
    try {
      for (const [name, tensor] of Object.entries(tensors)) values.set(name, await this.#store(tensor))
    } catch (error) {
      for (const value of values.values()) free(value)
      throw error
    }
    this.replace(values)
  }

  /** The tensors themselves if they live in host memory, else copies. */
  async read(names: readonly string[] = [...this.#values.keys()]): Promise<Tensors> {
    const tensors: Record<string, Tensor> = {}
    for (const name of names) tensors[name] = await this.#load(this.#find(name))
    return tensors
  }

  /** The tensor for a program's input of the same name. */
  get(type: TensorType): Value {
    const value = this.#find(type.name)
    if (!fits(type, value.type, value.dims)) {
      const given = describeType({ dtype: value.type, shape: value.dims })
      throw new UnmaskError('graph-use', `state "${type.name}" is ${given}, the program expects ${describeType(type)}`)
    }
    return value
  }

  /** Puts new values, computed by `maker`, in the place of those of the same names, which are freed. */
  replace(values: ReadonlyMap<string, Value>, maker?: Session): void {
    for (const [name, value] of values) {
      const old = this.#values.get(name)
      this.#values.set(name, value)
      if (maker) this.#makers.set(value, maker)
      if (old) free(old)
    }
  }

  /** To be called before `maker` is released: the engine crashes when a GPU tensor outlives the session it is from. */
  async forget(maker: Session): Promise<void> {
    for (const [name, value] of this.#values) {
      if (value.location === 'cpu' || this.#makers.get(value) !== maker) continue
      this.replace(new Map([[name, await this.#transport.adopt(value)]]))
    }
  }

  async dispose(): Promise<void> {
    for (const value of this.#values.values()) free(value)
    this.#values.clear()
    await this.#transport.dispose()
  }

  #find(name: string): Value {
    const value = this.#values.get(name)
    if (value) return value
    const known = [...this.#values.keys()].join(', ') || 'nothing yet'
    throw new UnmaskError('graph-use', `state "${name}" was never written; there is: ${known}`)
  }

  async #store(tensor: Tensor): Promise<Value> {
    return this.#engine.state === 'device' ? this.#transport.upload(tensor) : toEngine(this.#engine.ort, tensor)
  }

  async #load(value: Value): Promise<Tensor> {
    return value.location === 'cpu' ? fromEngine(value) : this.#transport.download(value)
  }
}
