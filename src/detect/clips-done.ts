/**
 * Counts the clips of a plan that are done. The next one is read while the model is at the last, so what was read is not
 * done yet: only once all that came of it was looked at.
 */
export class ClipsDone {
  readonly #tell: (clips: number) => void
  #read = 0
  #given = 0
  #looked = 0
  #told = 0

  /** @param tell hears of each new count */
  constructor(tell: (clips: number) => void) {
    this.#tell = tell
  }

  /** So many clips of the plan have been read, and so many clips of faces given from them. */
  read(clips: number, given: number): void {
    this.#read = clips
    this.#given = given
    this.#update()
  }

  /** One more clip of a face has been looked at, or passed over. */
  looked(): void {
    this.#looked++
    this.#update()
  }

  #update(): void {
    if (this.#looked < this.#given || this.#read === this.#told) return
    this.#told = this.#read
    this.#tell(this.#told)
  }
}
