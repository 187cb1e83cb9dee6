import type { DecodeReport, Warning, WarningCode } from '../video.ts'

/** Counts what decoding meets, for the report. */
export class Tally {
  framesDecoded = 0
  #warnings = new Map<WarningCode, string>()
  #counts = new Map<WarningCode, number>()

  /** A warning in words; takes the place of an earlier one of its code. */
  warn(code: WarningCode, message: string): void {
    this.#warnings.set(code, message)
  }

  /** Counts one more case of a warning. @param describe its message for so many cases */
  count(code: WarningCode, describe: (count: number) => string): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    this.warn(code, describe(count))
  }

  /** Takes over what another has counted. */
  add({ framesDecoded, warnings }: DecodeReport): void {
    this.framesDecoded += framesDecoded
    for (const { code, message } of warnings) this.warn(code, message)
  }

  get report(): DecodeReport {
    const warnings = [...this.#warnings].map(([code, message]): Warning => ({ code, message }))
    return { framesDecoded: this.framesDecoded, warnings }
  }
}
