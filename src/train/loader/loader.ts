import { Worker } from 'node:worker_threads'
import { UnmaskError } from '../../errors.ts'
import type { Batch } from '../../network/trainer.ts'
import type { LoaderAnswer, LoaderFailure, LoaderJob, LoaderQuestion } from './job.ts'

/**
 * MiB in which a thread's short-lived pictures are kept until they are collected: with Node's own, or the 4 MiB that the
 * command line asks for, an eighth more processor time goes into collecting.
 */
const youngGeneration = 128

/** Steps that are made ready before they are asked for, for each worker. */
const ahead = 2

/** A promise and what settles it. */
type Waiting = PromiseWithResolvers<readonly Batch[]>

/**
 * Makes the batches of a stage's steps in threads, some steps ahead. Which thread makes a batch, and when, does not
 * change it.
 */
export class Loader implements AsyncDisposable {
  readonly #workers: readonly Worker[]
  readonly #exits: readonly Promise<unknown>[]
  readonly #waiting = new Map<number, Waiting>()
  readonly #end: number
  #asked: number

  private constructor(workers: readonly Worker[], from: number, end: number) {
    this.#workers = workers
    this.#exits = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    this.#asked = from
    this.#end = end
  }

  /**
   * @param from first step that will be asked for, and the one after the last
   * @throws what opening cache, generators and forger throws; `device-failed` where a thread ends by itself
   */
  static async open(job: LoaderJob, { from, end, workers: count }: { from: number; end: number; workers: number }) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const script = new URL(`./worker.${extension}`, import.meta.url)
    const options = { workerData: job, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } }
    const workers = Array.from({ length: count }, () => new Worker(script, options))
    const loader = new Loader(workers, from, end)
    try {
      await Promise.all(workers.map((worker) => loader.#listen(worker)))
    } catch (error) {
      await loader[Symbol.asyncDispose]()
      throw error
    }
    for (let i = 0; i < count * ahead; i++) loader.#askNext()
    return loader
  }

  /** The micro-batches of a step; steps are to be asked for in their order. @throws what making them threw */
  async batches(step: number, signal?: AbortSignal): Promise<readonly Batch[]> {
    const waiting = this.#waiting.get(step)
    if (!waiting) throw new UnmaskError('graph-use', `step ${step} is not the next of the loader`)
    // batches that are ready would win the race below, step after step
    signal?.throwIfAborted()
    const aborted = abortOf(signal)
    try {
      return await Promise.race([waiting.promise, aborted.promise])
    } finally {
      aborted.release()
      this.#waiting.delete(step)
      this.#askNext()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // asked, not terminated: a thread that is ended within FFmpeg's functions takes the whole process with it
    for (const worker of this.#workers) worker.postMessage({ end: true } satisfies LoaderQuestion)
    await Promise.all(this.#exits)
  }

  #askNext(): void {
    if (this.#asked >= this.#end) return
    const step = this.#asked++
    const waiting: Waiting = Promise.withResolvers()
    waiting.promise.catch(() => {}) // may fail before it is asked for
    this.#waiting.set(step, waiting)
    this.#workers[step % this.#workers.length]!.postMessage({ step } satisfies LoaderQuestion)
  }

  /** Resolves when the worker is ready. */
  #listen(worker: Worker): Promise<void> {
    const ready: PromiseWithResolvers<void> = Promise.withResolvers()
    worker.on('message', (answer: LoaderAnswer) => {
      if ('ready' in answer) ready.resolve()
      else if ('unready' in answer) ready.reject(failureOf(answer.unready))
      else if ('batches' in answer) this.#waiting.get(answer.step)?.resolve(answer.batches)
      else this.#waiting.get(answer.step)?.reject(failureOf(answer.failure))
    })
    const end = (error: Error) => {
      ready.reject(error)
      for (const waiting of this.#waiting.values()) waiting.reject(error)
    }
    worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (status) => end(new UnmaskError('device-failed', `making batches: a thread ended (${status})`)))
    return ready.promise
  }
}

function failureOf({ message, code }: LoaderFailure): Error {
  const text = `making batches: ${message}`
  return code === undefined ? new Error(text) : new UnmaskError(code, text)
}

/** A promise that fails when the signal aborts, and lets go of the signal. */
function abortOf(signal: AbortSignal | undefined) {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => {})
  const abort = () => reject(signal!.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  return { promise, release: () => signal?.removeEventListener('abort', abort) }
}
