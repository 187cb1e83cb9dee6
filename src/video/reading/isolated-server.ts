import { UnmaskError } from '../../errors.ts'
import type { Answer } from './isolation.ts'
import { type Plan, play } from './play.ts'
import { Playhead } from './playhead.ts'
import type { Allocate, Reader } from './reader.ts'

/** Frames decoded ahead of the caller. */
const ahead = 3

/** The decoder's own end where it runs apart: it plays one plan after the other and answers. */
export class IsolatedServer {
  readonly #answer: (answer: Answer) => Promise<void>
  readonly #allocate: Allocate | undefined
  #reader: Reader | undefined
  #playhead: Playhead | undefined
  /** The plan that is played. */
  #current = 0
  #work: Promise<unknown>

  /**
   * @param opening gives the reader, which becomes the server's own
   * @param answer resolves when a frame has left; so many ahead, decoding waits for that
   * @param allocate gives the memory for pixels
   */
  constructor(opening: Promise<Reader>, answer: (answer: Answer) => Promise<void>, allocate?: Allocate) {
    this.#answer = answer
    this.#allocate = allocate
    this.#work = this.#open(opening)
  }

  /** Ends the plan before. */
  play(run: number, plan: Plan): void {
    this.#current = run
    this.#work = this.#work.then(() => this.#play(run, plan))
  }

  stop(run: number): void {
    if (this.#current === run) this.#current = 0
  }

  async #open(opening: Promise<Reader>): Promise<void> {
    try {
      this.#reader = await opening
      this.#playhead = new Playhead(this.#reader)
      await this.#answer({ kind: 'opened', info: this.#reader.info, report: this.#reader.tally.report })
    } catch (error) {
      await this.#answer({ kind: 'error', ...described(error) })
    }
  }

  async #play(run: number, plan: Plan): Promise<void> {
    const { tally } = this.#reader!
    const stopped = () => this.#current !== run
    const leaving: Promise<void>[] = []
    try {
      for await (const frame of play(this.#playhead!, plan, stopped, this.#allocate)) {
        if (stopped()) return
        leaving.push(this.#answer({ kind: 'frame', run, frame, report: tally.report }))
        if (leaving.length > ahead) await leaving.shift()
      }
      await this.#answer({ kind: 'end', run, report: tally.report })
    } catch (error) {
      await this.#answer({ kind: 'error', run, ...described(error), report: tally.report })
    }
  }
}

function described(error: unknown): { readonly code: UnmaskError['code']; readonly message: string } {
  if (error instanceof UnmaskError) return { code: error.code, message: error.message }
  return { code: 'video-damaged', message: error instanceof Error ? error.message : String(error) }
}
