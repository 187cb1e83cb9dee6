import { readdirSync, readFileSync } from 'node:fs'
import { pid } from 'node:process'

/** Watches how much memory this process and its children hold together (Linux). */
export class PeakMemory implements Disposable {
  /** Resident bytes at most, by samples every 20 ms. */
  peak = 0
  readonly #timer = setInterval(() => this.sample(), 20)

  sample(): void {
    this.peak = Math.max(this.peak, treeBytes(pid))
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

function treeBytes(id: number): number {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8')
    const own = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
    return own + childrenOf(id).reduce((sum, child) => sum + treeBytes(child), 0)
  } catch {
    return 0 // ended meanwhile
  }
}

function childrenOf(id: number): number[] {
  return readdirSync(`/proc/${id}/task`).flatMap((task) =>
    readFileSync(`/proc/${id}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
}
