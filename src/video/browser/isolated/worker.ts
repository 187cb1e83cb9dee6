import { UnmaskError } from '../../../errors.ts'
import type { Answer, Command } from './protocol.ts'

/** A decoding worker, and what it answers, in order. */
export class DecodingWorker implements Disposable {
  readonly #worker: Worker
  readonly #answers: Answer[] = []
  #waiting: PromiseWithResolvers<Answer> | undefined
  #end: UnmaskError | undefined
  #begun = false

  constructor() {
    // In this form bundlers find the worker.
    this.#worker = new Worker(new URL('../decoder-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#receive(data)
    this.#worker.onmessageerror = () => this.#finish('an answer could not be read')
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.#finish(event.message || 'it could not be loaded')
    }
  }

  send(command: Command): void {
    this.#worker.postMessage(command)
  }

  /** The next answer; one may wait at a time. @throws UnmaskError when the worker has ended */
  receive(): Promise<Answer> {
    const answer = this.#answers.shift()
    if (answer) return Promise.resolve(answer)
    if (this.#end) return Promise.reject(this.#end)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  /** Ends it at once, whatever it is at. */
  [Symbol.dispose](): void {
    this.#worker.terminate()
    this.#finish('it was ended')
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
