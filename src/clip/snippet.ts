import type { Glimpse } from './glimpse.ts'

/** Times are whole microseconds. */
const tolerance = 1e-6

/** Gathers the frames of a snippet from frames in the order of time. */
export class Snippet {
  readonly start: number
  readonly #wanted: number
  readonly #glimpses: Glimpse[] = []
  #closed = false
  #repeated = 0

  /**
   * @param start when its first frame is shown
   * @param wanted how many frames it has
   */
  constructor(start: number, wanted: number) {
    this.start = start
    this.#wanted = wanted
  }

  /** Whether a frame that is shown from this time on comes after its first one. */
  isBefore(seconds: number): boolean {
    return seconds > this.start + tolerance
  }

  /** The first frame is the last one that begins no later than `start`. */
  add(glimpse: Glimpse): void {
    if (this.#closed) return
    const isLater = this.isBefore(glimpse.seconds)
    if (!isLater) this.#glimpses.splice(0, 1, glimpse)
    else if (this.#glimpses.length < this.#wanted) this.#glimpses.push(glimpse)
    if (isLater && this.#glimpses.length === this.#wanted) this.#closed = true
  }

  /** No more frames come: the last one is repeated in place of those that are missing. */
  close(): void {
    this.#closed = true
    const last = this.#glimpses.at(-1)
    while (last && this.#glimpses.length < this.#wanted) {
      this.#glimpses.push(last)
      this.#repeated++
    }
  }

  /** Lets go of its frames, for which nobody asks any more: the plan of an hour holds hundreds of snippets to its end. */
  forget(): void {
    this.#glimpses.length = 0
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Once it is closed: all that are wanted, or none when not one came. */
  get glimpses(): readonly Glimpse[] {
    return this.#glimpses
  }

  /** How many of the frames stand in for missing ones. */
  get repeated(): number {
    return this.#repeated
  }
}
