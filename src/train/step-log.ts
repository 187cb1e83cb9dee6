import type { StepResult } from '../network/trainer.ts'

/** Means over the steps of one line of the log. */
export class StepLog {
  #sums: Record<string, number> = {}
  #steps = 0
  #seen = 0
  #waited = 0
  #started = performance.now()

  /** @param seen frames or clips of the step @param waited milliseconds that it waited for its batch */
  add(numbers: Readonly<Record<string, number>>, seen: number, waited: number): void {
    for (const [name, value] of Object.entries(numbers)) this.#sums[name] = (this.#sums[name] ?? 0) + value
    this.#steps += 1
    this.#seen += seen
    this.#waited += waited
  }

  /** What was added since the last time; time in which nothing was trained (validation) is left out by `restart`. */
  take() {
    const elapsed = performance.now() - this.#started
    const means = Object.fromEntries(Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#steps]))
    const line = { means, perSecond: (1000 * this.#seen) / elapsed, waiting: this.#waited / elapsed }
    this.restart()
    return line
  }

  restart(): void {
    this.#sums = {}
    this.#steps = 0
    this.#seen = 0
    this.#waited = 0
    this.#started = performance.now()
  }
}

/** Loss, its parts, gradient norm, and the share of a batch's last part that is classified rightly. */
export function numbersOf(result: StepResult): Record<string, number> {
  const scalars = Object.entries(result).filter(([, { shape }]) => shape.length === 0)
  const numbers = Object.fromEntries(scalars.map(([name, { data }]) => [name, Number(data[0])]))
  return { ...numbers, accuracy: accuracyOf(result.logits!.data as Float32Array) }
}

/** @param logits [B, 2]; real and fake take turns */
function accuracyOf(logits: Float32Array): number {
  const count = logits.length / 2
  let right = 0
  for (let i = 0; i < count; i++) if (logits[2 * i + 1]! > logits[2 * i]! === (i % 2 === 1)) right++
  return right / count
}
