// The decoding process, started by isolated/process.ts: takes commands from standard input, answers on a pipe. It holds
// all of FFmpeg, so whatever a file does to FFmpeg happens here.
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { IsolatedServer } from '../reading/isolated-server.ts'
import type { Answer } from '../reading/isolation.ts'
import { openReader } from './ffmpeg/open.ts'
import { type AnswerHead, answersDescriptor, type Command, memoryExceeded } from './isolated/protocol.ts'
import { writeRecord } from './isolated/records.ts'

const memoryInterval = 50 // ms

const answers = new Socket({ fd: answersDescriptor, readable: false, writable: true })
/** Memory of frames that have been sent, to be used again. */
const spare: Uint8Array<ArrayBuffer>[] = []
let server: IsolatedServer | undefined

function execute(command: Command): void {
  if (command.op === 'open') {
    watchMemory(command.memory)
    server = new IsolatedServer(openReader(command.input, command.options), answer, allocate)
  } else if (command.op === 'play') server?.play(command.run, command.plan)
  else server?.stop(command.run)
}

async function answer(message: Answer): Promise<void> {
  if (message.kind !== 'frame') {
    await writeRecord(answers, message)
    return
  }
  const { data, ...frame } = message.frame
  const head: AnswerHead = { ...message, frame }
  await writeRecord(answers, head, data)
  spare.push(data)
}

/** Of one size, as all frames of nearly all videos are. */
function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  const used = spare.pop()
  if (used?.length === bytes) return used
  spare.length = 0
  return new Uint8Array(bytes)
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
