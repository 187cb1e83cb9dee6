import { UnmaskError } from '../../errors.ts'
import type { Answer, IsolatedDecoder } from '../reading/isolation.ts'
import type { Plan } from '../reading/play.ts'
import type { Input } from './open-reader.ts'

/** To the decoding worker. */
export type Command =
  | { readonly op: 'open'; readonly input: Input }
  | { readonly op: 'play'; readonly run: number; readonly plan: Plan }
  | { readonly op: 'stop'; readonly run: number }
  /** A frame was received. */
  | { readonly op: 'received' }

/** A decoding worker. */
export class DecodingWorker implements IsolatedDecoder {
  readonly #worker: Worker
  readonly #answers: Answer[] = []
  #waiting: PromiseWithResolvers<Answer> | undefined
  #end: UnmaskError | undefined
  #begun = false

  constructor(input: Input) {
    // In this form bundlers find the worker.
    this.#worker = new Worker(new URL('./decoder-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#receive(data)
    this.#worker.onmessageerror = () => this.#finish('an answer could not be read')
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.#finish(event.message || 'it could not be loaded')
    }
    this.#send({ op: 'open', input })
  }

  play(run: number, plan: Plan): void {
    this.#send({ op: 'play', run, plan })
  }

  stop(run: number): void {
    this.#send({ op: 'stop', run })
  }

  /** One may wait at a time. */
  async receive(): Promise<Answer> {
    const answer = this.#answers.shift() ?? (await this.#next())
    if (answer.kind === 'frame') this.#send({ op: 'received' })
    return answer
  }

  /** Ends it at once, whatever it is at. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#worker.terminate()
    this.#finish('it was ended')
  }

  #send(command: Command): void {
    this.#worker.postMessage(command)
  }

  #next(): Promise<Answer> {
    if (this.#end) return Promise.reject(this.#end)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  #receive(answer: Answer): void {
    this.#begun = true
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting.resolve(answer)
    else this.#answers.push(answer)
  }

  #finish(how: string): void {
    this.#end ??= this.#begun
      ? new UnmaskError('video-damaged', `the decoding worker ended: ${how}`)
      : new UnmaskError('option-invalid', `isolated: the decoding worker did not start (${how}); without it, say false`)
    this.#waiting?.reject(this.#end)
    this.#waiting = undefined
  }
}
