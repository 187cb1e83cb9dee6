import type { DType, Tensor } from '../tensor/tensor.ts'
import { free, fromEngine, toEngine } from './convert.ts'
import type { Engine, Session, Value } from './engine.ts'
import { identityModel } from './identity.ts'

type Way = 'up' | 'down'

/** Brings tensors onto a GPU device and back. */
export class Transport {
  readonly #engine: Engine
  readonly #sessions = new Map<string, Promise<Session>>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  async upload(tensor: Tensor): Promise<Value> {
    const host = toEngine(this.#engine.ort, tensor)
    const value = await this.#pass('up', host)
    free(host)
    return value
  }

  /** A copy on the device that is made by none of the programs. */
  adopt(value: Value): Promise<Value> {
    return this.#pass('up', value)
  }

  async download(value: Value): Promise<Tensor> {
    return fromEngine(await this.#pass('down', value))
  }

  async dispose(): Promise<void> {
    for (const session of this.#sessions.values()) await (await session).release()
  }

  async #pass(way: Way, x: Value): Promise<Value> {
    const { y } = await (await this.#session(way, x.type as DType)).run({ x })
    return y as Value
  }

  #session(way: Way, dtype: DType): Promise<Session> {
    const key = `${way} ${dtype}`
    const made = this.#sessions.get(key) ?? this.#create(way, dtype)
    this.#sessions.set(key, made)
    return made
  }

  #create(way: Way, dtype: DType): Promise<Session> {
    return this.#engine.ort.InferenceSession.create(identityModel(dtype), {
      executionProviders: this.#engine.providers,
      logSeverityLevel: 3,
      // float64 has no GPU form in the engine; it stays in host memory.
      preferredOutputLocation: way === 'up' && dtype !== 'float64' ? 'gpu-buffer' : 'cpu',
    })
  }
}
