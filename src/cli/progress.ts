import { count } from './text.ts'

/** Something that takes long, as it is shown on stderr. */
export interface Progress extends Disposable {
  /**
   * @param done how many units are done
   * @param part how much of the whole that is, 0 to 1; undefined where the whole is not known
   * @param note what else is worth showing, e.g. losses
   */
  update(done: number, part?: number, note?: string): void
  /** Writes a line that stays, above the progress. */
  say(line: string): void
}

/** Where progress is shown; by default stderr. */
export interface ProgressTarget {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Milliseconds between two states shown: on a terminal one line that changes, elsewhere lines below each other. */
const onTerminal = { first: 200, next: 100 }
const elsewhere = { first: 10_000, next: 30_000 }

/**
 * Shows progress from now until it is disposed of: share, units, rate and the time left. Work that is done at once shows
 * nothing.
 * @param what is being done, e.g. "finding faces"
 * @param unit of what is counted, e.g. "frames"
 * @param now milliseconds
 * @param begun how much of the whole was done before, 0 to 1
 */
export function startProgress(
  what: string,
  unit: string,
  target: ProgressTarget = process.stderr,
  now: () => number = () => performance.now(),
  begun = 0,
): Progress {
  const terminal = target.isTTY === true
  const { first, next } = terminal ? onTerminal : elsewhere
  const start = now()
  let due = start + first
  let shown = false
  return {
    update: (done, part, note) => {
      const time = now()
      if (time < due) return
      due = time + next
      shown = true
      const line = describe(what, unit, done, part, (time - start) / 1000, begun) + (note ? ` (${note})` : '')
      target.write(terminal ? `\r${line.slice(0, (target.columns ?? 80) - 1)}\x1b[K` : `${line}\n`)
    },
    say: (line) => target.write(terminal && shown ? `\r${line}\x1b[K\n` : `${line}\n`),
    [Symbol.dispose]: () => {
      if (terminal && shown) target.write('\r\x1b[K')
    },
  }
}

function describe(
  what: string,
  unit: string,
  done: number,
  part: number | undefined,
  elapsed: number,
  begun: number,
): string {
  const rate = done / elapsed
  const facts = [`${count(done)} ${unit}`, `${rate.toFixed(rate < 10 ? 1 : 0)} ${unit}/s`]
  if (part !== undefined) facts.unshift(`${Math.floor(100 * Math.min(part, 1))} %`)
  if (part !== undefined && part > begun) {
    facts.push(`${duration((elapsed * (1 - Math.min(part, 1))) / (part - begun))} left`)
  }
  return `${what}: ${facts.join(', ')}`
}

/** A duration in words, as exact as it is of use: 12 s, 3 min 20 s, 2 h 5 min. */
function duration(seconds: number): string {
  const whole = Math.max(Math.round(seconds), 1)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
