// The decoding process, started by isolated/process.ts: takes commands from standard input, answers on a pipe. It holds
// all of FFmpeg, so whatever a file does to FFmpeg happens here.
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { UnmaskError } from '../../errors.ts'
import { play } from '../reading/play.ts'
import { Playhead } from '../reading/playhead.ts'
import type { Reader } from '../reading/reader.ts'
import { openReader } from './ffmpeg/open.ts'
import { type Answer, answersDescriptor, type Command, memoryExceeded } from './isolated/protocol.ts'
import { writeRecord } from './isolated/records.ts'

/** Frames decoded ahead of the parent. */
const ahead = 3

const memoryInterval = 50 // ms

const answers = new Socket({ fd: answersDescriptor, readable: false, writable: true })
/** Memory of frames that have been sent, to be used again. */
const spare: Uint8Array<ArrayBuffer>[] = []
let reader: Reader | undefined
let playhead: Playhead | undefined
/** The plan that is played. */
let current = 0
let work: Promise<unknown> = Promise.resolve()

function answer(head: Answer, data?: Uint8Array): Promise<void> {
  return writeRecord(answers, head, data)
}

function execute(command: Command): void {
  if (command.op === 'open') {
    watchMemory(command.memory)
    work = opened(command).catch((error) => answer({ kind: 'error', ...described(error) }))
    return
  }
  if (command.op === 'stop') {
    if (current === command.run) current = 0
    return
  }
  current = command.run
  work = work.then(() => played(command))
}

async function opened({ input, options }: Command & { op: 'open' }): Promise<void> {
  reader = await openReader(input, options)
  playhead = new Playhead(reader)
  await answer({ kind: 'opened', info: reader.info, report: reader.tally.report })
}

async function played({ run, plan }: Command & { op: 'play' }): Promise<void> {
  const { tally } = reader!
  const sent: Promise<void>[] = []
  try {
    for await (const { data, ...frame } of play(playhead!, plan, () => current !== run, allocate)) {
      if (current !== run) return
      const leaving = answer({ kind: 'frame', run, frame, report: tally.report }, data)
      sent.push(leaving.then(() => void spare.push(data)))
      if (sent.length > ahead) await sent.shift()
    }
    await answer({ kind: 'end', run, report: tally.report })
  } catch (error) {
    await answer({ kind: 'error', run, ...described(error), report: tally.report })
  }
}

/** Of one size, as all frames of nearly all videos are. */
function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  const used = spare.pop()
  if (used?.length === bytes) return used
  spare.length = 0
  return new Uint8Array(bytes)
}

function described(error: unknown): { readonly code: UnmaskError['code']; readonly message: string } {
  if (error instanceof UnmaskError) return { code: error.code, message: error.message }
  return { code: 'video-damaged', message: error instanceof Error ? error.message : String(error) }
}

function watchMemory(limit: number): void {
  const check = () => {
    if (process.memoryUsage.rss() <= limit) return
    writeSync(2, memoryExceeded)
    end()
  }
  check()
  setInterval(check, memoryInterval)
}

/** At once, whatever FFmpeg's threads are at. */
function end(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

// Ctrl-C reaches every process of the terminal; the parent decides what it means.
process.on('SIGINT', () => {})
answers.on('error', end)
createInterface({ input: process.stdin })
  .on('line', (line) => execute(JSON.parse(line)))
  .on('close', end)
