import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Subject } from './subjects.ts'

/** A process that runs a subject whenever it is told to (own.ts or peer.py). */
export class Contender {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  /** What it says of itself: engine and version. */
  engine = ''

  private constructor(command: string, script: string, { network, task, batch }: Subject, threads: number) {
    const path = fileURLToPath(new URL(script, import.meta.url))
    this.#child = spawn(command, [path, network, task, `${batch}`, `${threads}`])
    this.#child.stderr.pipe(process.stderr)
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  static own(subject: Subject, threads: number): Promise<Contender> {
    return new Contender(process.execPath, 'own.ts', subject, threads).#ready()
  }

  /** PyTorch of the system's Python: Debian's python3-torch and python3-torchvision. */
  static peer(subject: Subject, threads: number): Promise<Contender> {
    return new Contender('/usr/bin/python3', 'peer.py', subject, threads).#ready()
  }

  async #ready(): Promise<Contender> {
    this.engine = (await this.#line()).replace(/^ready /, '')
    return this
  }

  /** Milliseconds of one run. */
  async run(): Promise<number> {
    this.#child.stdin.write('run\n')
    return Number(await this.#line())
  }

  /** Ends the process. @returns its peak resident memory in bytes */
  async end(): Promise<number> {
    this.#child.stdin.end()
    return Number(await this.#line())
  }

  async #line(): Promise<string> {
    const { done, value } = await this.#lines.next()
    if (done) throw new Error('the process ended before it answered')
    return value
  }
}
