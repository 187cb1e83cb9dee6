import { AV_NOPTS_VALUE } from 'node-av/constants'
import type { IRational } from 'node-av/lib'

const never = { seconds: Number.POSITIVE_INFINITY, endSeconds: Number.POSITIVE_INFINITY }

/** Turns time stamps of a stream into seconds from its first frame, and back. */
export class Clock {
  readonly #unit: IRational
  readonly #first: bigint
  /** Units from a frame to the next where the file does not say. */
  readonly #step: bigint
  /** Of the frame before; none after a seek. */
  #last: bigint | undefined

  /** @param first time stamp of the first frame */
  constructor(unit: IRational, first: bigint, frameRate: number | undefined) {
    this.#unit = unit
    this.#first = first === AV_NOPTS_VALUE ? 0n : first
    const step = unit.den / unit.num / (frameRate ?? 25)
    this.#step = BigInt(Math.max(1, Math.round(step)))
    this.reset(true)
  }

  /** @param start whether the first frame comes next */
  reset(start: boolean): void {
    this.#last = start ? this.#first - this.#step : undefined
  }

  /**
   * When a frame is shown, in whole microseconds. One without a time stamp follows the one before; where there is none,
   * nobody knows: never.
   */
  read(timestamp: bigint, duration: bigint): { readonly seconds: number; readonly endSeconds: number } {
    const step = duration > 0n ? duration : this.#step
    if (timestamp === AV_NOPTS_VALUE && this.#last === undefined) return never
    const shown = timestamp === AV_NOPTS_VALUE ? this.#last! + this.#step : timestamp
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
