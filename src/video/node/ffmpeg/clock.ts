import { AV_NOPTS_VALUE } from 'node-av/constants'
import type { IRational } from 'node-av/lib'

/** Turns time stamps of a stream into seconds from its first frame, and back. */
export class Clock {
  readonly #unit: IRational
  readonly #first: bigint
  /** Units from a frame to the next where the file does not say. */
  readonly #step: bigint
  #last: bigint | undefined

  /** @param first time stamp of the first frame */
  constructor(unit: IRational, first: bigint, frameRate: number | undefined) {
    this.#unit = unit
    this.#first = first === AV_NOPTS_VALUE ? 0n : first
    const step = unit.den / unit.num / (frameRate ?? 25)
    this.#step = BigInt(Math.max(1, Math.round(step)))
  }

  /** When a frame is shown, in whole microseconds; one without a time stamp follows the one before. */
  read(timestamp: bigint, duration: bigint): { readonly seconds: number; readonly endSeconds: number } {
    const step = duration > 0n ? duration : this.#step
    const following = this.#last === undefined ? this.#first : this.#last + this.#step
    const shown = timestamp === AV_NOPTS_VALUE ? following : timestamp
    this.#last = shown
    return { seconds: this.seconds(shown), endSeconds: this.seconds(shown + step) }
  }

  seconds(timestamp: bigint): number {
    return Math.round(((Number(timestamp - this.#first) * this.#unit.num) / this.#unit.den) * 1e6) / 1e6
  }

  /** The last time stamp at or before a time. */
  timestamp(seconds: number): bigint {
    return this.#first + BigInt(Math.floor((seconds * this.#unit.den) / this.#unit.num))
  }
}
