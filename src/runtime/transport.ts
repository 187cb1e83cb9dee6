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
    return await this.#pass('up', tensor.dtype, toEngine(this.#engine.ort, tensor))
  }

  async download(value: Value): Promise<Tensor> {
    return fromEngine(await this.#pass('down', value.type as DType, value))
  }

  async dispose(): Promise<void> {
    for (const session of this.#sessions.values()) await (await session).release()
  }

  async #pass(way: Way, dtype: DType, x: Value): Promise<Value> {
    const { y } = await (await this.#session(way, dtype)).run({ x })
    if (way === 'up') free(x)
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
