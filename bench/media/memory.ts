import { readdirSync, readFileSync } from 'node:fs'
import { pid } from 'node:process'

/** Watches how much memory this process and its children hold together, what they share counted once (Linux). */
export class PeakMemory implements Disposable {
  /** Resident bytes at most, by samples every 50 ms. */
  peak = 0
  readonly #timer = setInterval(() => this.sample(), 50)

  sample(): void {
    this.peak = Math.max(this.peak, treeBytes(pid))
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

function treeBytes(id: number): number {
  try {
    const memory = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')
    const own = Number(/^Pss:\s+(\d+) kB/m.exec(memory)?.[1] ?? 0) * 1024
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
