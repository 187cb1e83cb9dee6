import type { Decoded, Reader } from './reader.ts'

/** A place in a video: the frame that is shown, and the one after it, as only that tells until when it is. */
export class Playhead {
  readonly #reader: Reader
  #shown: Decoded | undefined
  #next: Decoded | undefined

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /**
   * Goes to the frame that is shown at a time, before the first one to that; it stays usable until the playhead moves
   * again.
   * @param seconds at least 0
   * @returns undefined after the end
   */
  async at(seconds: number): Promise<Decoded | undefined> {
    if (!this.#covers(seconds)) {
      if (await this.#reader.seek(seconds)) this.#shown = this.#next = undefined
      this.#next ??= await this.#reader.next()
      while (this.#next && (!this.#shown || this.#next.seconds <= seconds)) await this.#step()
    }
    const shown = this.#shown
    // Times may be so fine that a frame ends when it begins.
    return this.#next || (shown && (seconds <= shown.seconds || seconds < shown.endSeconds)) ? shown : undefined
  }

  /** Goes to the frame after the one shown; undefined after the last. */
  async following(): Promise<Decoded | undefined> {
    if (!this.#next) return undefined
    await this.#step()
    return this.#shown
  }

  #covers(seconds: number): boolean {
    return this.#shown !== undefined && this.#shown.seconds <= seconds && seconds < (this.#next?.seconds ?? 0)
  }

  async #step(): Promise<void> {
    this.#shown = this.#next
    this.#next = await this.#reader.next()
  }
}
