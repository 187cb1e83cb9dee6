import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { UnmaskError } from '../../../errors.ts'
import { frameBytes } from '../../frame.ts'
import type { Answer, IsolatedDecoder } from '../../reading/isolation.ts'
import type { Plan } from '../../reading/play.ts'
import type { Allocate } from '../../reading/reader.ts'
import type { ReaderOptions } from '../ffmpeg/file-reader.ts'
import { nameless, pathOfDescriptor } from '../files.ts'
import type { OpenInput } from '../input.ts'
import { type AnswerHead, answersDescriptor, type Command, inputDescriptor, memoryExceeded } from './protocol.ts'
import { nonsense, type Piece, RecordReader } from './records.ts'

/** Of the environment only what a system may need to start a program at all. */
const environment = ['SystemRoot', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH']

/** Node's default lets short-lived objects take tens of megabytes before it tidies up. */
const smallHeap = '--max-semi-space-size=2'

/** Characters kept of what the process says before it ends. */
const lastWords = 2000

/** A decoding process. It keeps this one alive only while an answer is waited for, and ends with it. */
export class DecodingProcess implements IsolatedDecoder {
  readonly #child: ChildProcess
  readonly #records: RecordReader
  /** Settles when it has ended: how. */
  readonly #ended: Promise<string>
  #words = ''
  #closing = false

  /** @param memory resident memory at which it ends itself, bytes */
  constructor({ input, fd }: OpenInput, options: ReaderOptions, memory: number) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const script = fileURLToPath(new URL(`../decoder-child.${extension}`, import.meta.url))
    const env = Object.fromEntries(environment.map((name) => [name, process.env[name]]))
    const child = spawn(process.execPath, [smallHeap, script], {
      env,
      stdio: ['pipe', 'ignore', 'pipe', 'pipe', fd ?? 'ignore'],
      windowsHide: true,
    })
    this.#child = child
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (status, signal) => resolve(signal ?? `status ${status}`))
    })
    child.stdin?.on('error', () => {}) // it ended; whoever waits for an answer hears of it
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-lastWords)
    })
    this.#records = new RecordReader(this.#answers, mostBytes(options.pixels))
    this.#hold(false)
    // The process opens the same file by a number of its own.
    const path = fd !== undefined && nameless ? { path: pathOfDescriptor(inputDescriptor) } : {}
    this.#send({ op: 'open', input: { ...input, ...path }, options, memory })
  }

  play(run: number, plan: Plan): void {
    this.#send({ op: 'play', run, plan })
  }

  stop(run: number): void {
    this.#send({ op: 'stop', run })
  }

  get #answers(): Socket {
    return this.#child.stdio[answersDescriptor] as Socket
  }

  #send(command: Command): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`)
  }

  /** The next answer. @throws UnmaskError when the process has ended: `video-limit` for its memory, else `video-damaged` */
  async receive(allocate?: Allocate): Promise<Answer> {
    this.#hold(true)
    try {
      const record = await this.#records.read(allocate)
      if (record) return answerOf(record)
      const how = await this.#ended
      if (this.#words.includes(memoryExceeded))
        throw new UnmaskError('video-limit', 'decoding took too much memory (limits.memory)')
      const words = this.#words.trim().split('\n').at(-1)
      throw new UnmaskError('video-damaged', `the decoding process ended (${how})${words ? `: ${words}` : ''}`)
    } finally {
      this.#hold(false)
    }
  }

  /** Whether it keeps this process alive; while it is being closed it does, whoever stops waiting for an answer. */
  #hold(alive: boolean): void {
    const change = alive || this.#closing ? 'ref' : 'unref'
    this.#child[change]()
    for (const stream of [this.#child.stdin, this.#child.stderr, this.#answers]) (stream as Socket | null)?.[change]()
  }

  /** Ends it at once, whatever it is at. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    this.#child.kill('SIGKILL')
    this.#hold(true)
    // It counts as ended once its pipes are empty; what is left in this one nobody reads.
    this.#answers?.destroy()
    await this.#ended
  }
}

function answerOf({ head, data }: Piece): Answer {
  const answer = head as AnswerHead
  if (answer.kind !== 'frame') return answer
  if (data.length !== frameBytes(answer.frame.width, answer.frame.height)) throw nonsense()
  return { ...answer, frame: { ...answer.frame, data } }
}

/** The smallest picture, one pixel, has as much chroma as two more pixels. */
function mostBytes(pixels: number): number {
  return 3 * pixels
}
