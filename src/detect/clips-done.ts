/**
 * Counts the clips of a plan that are done. The next one is read while the model is at the last: what was read is done
 * only up to the clip that is being looked at.
 */
export class ClipsDone {
  readonly #tell: (clips: number) => void
  #read = 0
  #told = 0
  #looking: number | undefined

  /** @param tell hears of each new count */
  constructor(tell: (clips: number) => void) {
    this.#tell = tell
  }

  /** So many clips of the plan have been read. */
  read(clips: number): void {
    this.#read = clips
    this.#update()
  }

  /** @param clip number in the plan, from 0, of what is looked at from now on; undefined: nothing */
  look(clip?: number): void {
    this.#looking = clip
    this.#update()
  }

  #update(): void {
    const done = Math.min(this.#read, this.#looking ?? this.#read)
    if (done <= this.#told) return
    this.#told = done
    this.#tell(done)
  }
}
