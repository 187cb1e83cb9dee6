import { type ErrorCode, UnmaskError } from '../../errors.ts'
import { CropProcess } from './crop-process.ts'
import type { CropJob, CropTask } from './protocol.ts'

/** Why nothing was cut out of an entry. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
}

/** Cropping processes, started when there is work for them. */
export class CropPool implements AsyncDisposable {
  readonly size: number
  readonly #job: CropJob
  readonly #patience: number
  readonly #idle: CropProcess[] = []
  readonly #all = new Set<CropProcess>()
  readonly #waiting: (() => void)[] = []
  #closing = false

  /** @param patience seconds after which a process is ended that has not come to terms with an entry */
  constructor(size: number, job: CropJob, patience: number) {
    this.size = size
    this.#job = job
    this.#patience = patience
  }

  /**
   * Cuts the faces out of an entry into a file.
   * @returns what is wrong with the entry, if so
   * @throws UnmaskError `device-failed` and the like, where the next entry would fare no better; `disposed`
   */
  async run(task: CropTask): Promise<Failure | undefined> {
    const worker = await this.#take()
    let late = false
    const timer = setTimeout(() => {
      late = true
      worker[Symbol.asyncDispose]()
    }, 1000 * this.#patience)
    try {
      const answer = await worker.run(task)
      if ('clips' in answer) return undefined
      this.#assertOpen()
      if ('ended' in answer && late) {
        return { code: 'video-stalled', message: `${task.path}: not done after ${this.#patience} s (entrySeconds)` }
      }
      // It took the process with it: as bad as a file can be.
      if ('ended' in answer) {
        return { code: 'video-damaged', message: `${task.path}: the process that read it ended (${answer.ended})` }
      }
      const { code = 'device-failed', message, fatal } = answer.failure
      if (fatal) throw new UnmaskError(code, message)
      return { code, message }
    } finally {
      clearTimeout(timer)
      this.#give(worker)
    }
  }

  async #take(): Promise<CropProcess> {
    for (;;) {
      this.#assertOpen()
      const idle = this.#idle.pop()
      if (idle && !idle.hasEnded) return idle
      if (idle) this.#all.delete(idle)
      else if (this.#all.size < this.size) return this.#start()
      else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #start(): CropProcess {
    const worker = new CropProcess(this.#job)
    this.#all.add(worker)
    return worker
  }

  #give(worker: CropProcess): void {
    if (worker.hasEnded) this.#all.delete(worker)
    else this.#idle.push(worker)
    this.#waiting.shift()?.()
  }

  #assertOpen(): void {
    if (this.#closing) throw new UnmaskError('disposed', 'the cache of crops was closed')
  }

  /** Ends the processes, whatever they are at. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    for (const wake of this.#waiting.splice(0)) wake()
    await Promise.all([...this.#all].map((worker) => worker[Symbol.asyncDispose]()))
    this.#all.clear()
  }
}
