// The decoding worker, started by isolated/worker.ts. It holds the demuxer and the decoder, so that a file that leads
// either of them astray keeps a worker busy, which can be ended, and not the page.
import { Logging, LogLevel } from 'mediabunny'
import { UnmaskError } from '../../errors.ts'
import { play } from '../reading/play.ts'
import { Playhead } from '../reading/playhead.ts'
import type { Reader } from '../reading/reader.ts'
import type { Answer, Command } from './isolated/protocol.ts'
import { type Input, openReader } from './open-reader.ts'

/** Frames decoded ahead of the page. */
const ahead = 3

// What it has to say of a file becomes errors and warnings of ours.
Logging.level = LogLevel.Silent

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
let reader: Reader | undefined
let playhead: Playhead | undefined
/** The plan that is played, and how many frames of it have been sent and not received. */
let current = 0
let underWay = 0
let room = Promise.withResolvers<void>()
let work: Promise<unknown> = Promise.resolve()

function answer(message: Answer, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer)
}

scope.onmessage = ({ data: command }: MessageEvent<Command>) => {
  if (command.op === 'open') {
    work = opened(command.input).catch((error) => answer({ kind: 'error', ...described(error) }))
    return
  }
  if (command.op === 'play') {
    work = work.then(() => played(command))
    current = command.run
  } else if (command.run === current) {
    if (command.op === 'stop') current = 0
    else underWay--
  }
  room.resolve()
}

async function opened(input: Input): Promise<void> {
  reader = await openReader(input)
  playhead = new Playhead(reader)
  answer({ kind: 'opened', info: reader.info, report: reader.tally.report })
}

async function played({ run, plan }: Command & { op: 'play' }): Promise<void> {
  const { tally } = reader!
  const stopped = () => current !== run
  underWay = 0
  try {
    for await (const frame of play(playhead!, plan, stopped)) {
      while (underWay >= ahead && !stopped()) {
        room = Promise.withResolvers()
        await room.promise
      }
      if (stopped()) return
      underWay++
      answer({ kind: 'frame', run, frame, report: tally.report }, [frame.data.buffer])
    }
    answer({ kind: 'end', run, report: tally.report })
  } catch (error) {
    answer({ kind: 'error', run, ...described(error), report: tally.report })
  }
}

function described(error: unknown): { readonly code: UnmaskError['code']; readonly message: string } {
  if (error instanceof UnmaskError) return { code: error.code, message: error.message }
  return { code: 'video-damaged', message: error instanceof Error ? error.message : String(error) }
}
