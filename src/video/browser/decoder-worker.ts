// The decoding worker, started by worker.ts. It holds the demuxer and the decoder, so that a file that leads either of
// them astray keeps a worker busy, which can be ended, and not the page.
import { Logging, LogLevel } from 'mediabunny'
import { IsolatedServer } from '../reading/isolated-server.ts'
import type { Answer } from '../reading/isolation.ts'
import { openReader } from './open-reader.ts'
import type { Command } from './worker.ts'

// What it has to say of a file becomes errors and warnings of ours.
Logging.level = LogLevel.Silent

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
/** Of frames that were sent and not received yet. */
const underWay: (() => void)[] = []
let server: IsolatedServer | undefined

async function answer(message: Answer): Promise<void> {
  if (message.kind !== 'frame') {
    scope.postMessage(message)
    return
  }
  scope.postMessage(message, [message.frame.data.buffer])
  await new Promise<void>((resolve) => underWay.push(resolve))
}

scope.onmessage = ({ data: command }: MessageEvent<Command>) => {
  if (command.op === 'open') server = new IsolatedServer(openReader(command.input), answer)
  else if (command.op === 'play') server?.play(command.run, command.plan)
  else if (command.op === 'stop') server?.stop(command.run)
  else underWay.shift()?.()
}
