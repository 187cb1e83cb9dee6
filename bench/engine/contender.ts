import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Subject } from './subjects.ts'

/** PyTorch is that of the system: Debian's python3-torch and python3-torchvision. */
export const systemPython = '/usr/bin/python3'

/** Whether there is a PyTorch to compare with. */
export function hasPeer(): boolean {
  return spawnSync(systemPython, ['-c', 'import torch, torchvision']).status === 0
}

/** A process that does its work whenever it is told to (e.g. own.ts or peer.py). */
export class Contender {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  /** What it says of itself: engine and version. */
  engine = ''

  private constructor(command: string, options: readonly string[]) {
    this.#child = spawn(command, options)
    this.#child.stderr.pipe(process.stderr)
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  static own(subject: Subject, threads: number): Promise<Contender> {
    return Contender.start(process.execPath, ['own.ts', ...optionsOf(subject, threads)], import.meta.url)
  }

  static peer(subject: Subject, threads: number): Promise<Contender> {
    return Contender.start(systemPython, ['peer.py', ...optionsOf(subject, threads)], import.meta.url)
  }

  /** Starts a script and waits until it is ready. @param beside what the script's path is relative to */
  static async start(
    command: string,
    [script, ...options]: readonly [string, ...string[]],
    beside: string,
  ): Promise<Contender> {
    const contender = new Contender(command, [fileURLToPath(new URL(script, beside)), ...options])
    contender.engine = (await contender.#line()).replace(/^ready /, '')
    return contender
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

function optionsOf({ network, task, batch }: Subject, threads: number): string[] {
  return [network, task, `${batch}`, `${threads}`]
}
