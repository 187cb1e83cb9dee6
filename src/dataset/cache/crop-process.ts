import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CropAnswer, CropJob, CropTask } from './protocol.ts'

/** Characters kept of what the process says before it ends. */
const lastWords = 2000

/** A process that cuts faces out of one entry after the other. It keeps this one alive only while it is at one. */
export class CropProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #ended: Promise<string>
  #hasEnded = false

  constructor(job: CropJob) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const script = fileURLToPath(new URL(`./crop-child.${extension}`, import.meta.url))
    const child = fork(script, { execArgv: ['--max-semi-space-size=4'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    let words = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-lastWords)
    })
    this.#child = child
    this.#ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.#hasEnded = true
        const last = words.trim().split('\n').at(-1)
        resolve(last ? `${how}: ${last}` : how)
      }
      // more than one may come, and one that nobody hears ends this process
      child.on('error', (error) => end(error.message))
      child.once('close', (status, signal) => end(signal ?? `status ${status}`))
    })
    this.#hold(false)
    child.send(job)
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** One at a time. @returns how the process ended, if it did instead of answering */
  async run(task: CropTask): Promise<CropAnswer | { readonly ended: string }> {
    if (this.#hasEnded) return { ended: await this.#ended }
    this.#hold(true)
    const answer = Promise.withResolvers<CropAnswer>()
    this.#child.once('message', answer.resolve)
    try {
      this.#child.send(task, () => {}) // whether it gets there is seen by its answer
      return await Promise.race([answer.promise, this.#ended.then((ended) => ({ ended }))])
    } finally {
      this.#child.off('message', answer.resolve)
      this.#hold(false)
    }
  }

  #hold(alive: boolean): void {
    const change = alive ? 'ref' : 'unref'
    this.#child[change]()
    if (alive) this.#child.channel?.ref()
    else this.#child.channel?.unref()
    ;(this.#child.stderr as unknown as { ref(): void; unref(): void })[change]()
  }

  /** Ends it at once, whatever it is at; a file that it was writing does not appear. */
  async [Symbol.asyncDispose](): Promise<void> {
    // all of it, its stderr too: `close` comes after the last of them, and a process that waits for nothing else would end
    if (!this.#hasEnded) this.#hold(true)
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}
