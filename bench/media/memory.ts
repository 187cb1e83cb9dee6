import { closeSync, openSync, readSync } from 'node:fs'
import { pid as own } from 'node:process'

/**
 * Watches how much memory a process and its children hold together, what they share counted once (Linux). It reads
 * into one small buffer, as what it allocates would be measured too.
 */
export class PeakMemory implements Disposable {
  /** Resident bytes at most, by samples every quarter of a second. */
  peak = 0
  readonly #pid: number
  readonly #timer = setInterval(() => this.#sample(), 250)
  readonly #buffer = Buffer.alloc(8192)

  /** @param pid that of this process, where none is given */
  constructor(pid = own) {
    this.#pid = pid
  }

  #sample(): void {
    const children = this.#read(`/proc/${this.#pid}/task/${this.#pid}/children`).split(' ').filter(Boolean)
    const bytes = [`${this.#pid}`, ...children].map((id) => {
      const memory = this.#read(`/proc/${id}/smaps_rollup`)
      return Number(/^Pss:\s+(\d+) kB/m.exec(memory)?.[1] ?? 0) * 1024
    })
    this.peak = Math.max(
      this.peak,
      bytes.reduce((sum, size) => sum + size),
    )
  }

  /** Nothing of a process that has ended meanwhile. */
  #read(path: string): string {
    try {
      const file = openSync(path, 'r')
      const length = readSync(file, this.#buffer)
      closeSync(file)
      return this.#buffer.toString('utf8', 0, length)
    } catch {
      return ''
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
