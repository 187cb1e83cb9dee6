import { loadBrowserEngine } from './browser-engine.ts'
import type { Message } from './protocol.ts'
import { Server } from './serve.ts'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope

// A message to ourselves is a task behind those that have already arrived.
const { port1, port2 } = new MessageChannel()
const turns: (() => void)[] = []
port1.onmessage = () => turns.shift()?.()

const caller = {
  post: (reply: unknown, transfer: readonly Transferable[]) => scope.postMessage(reply, [...transfer]),
  turn: () =>
    new Promise<void>((resolve) => {
      turns.push(resolve)
      port2.postMessage(undefined)
    }),
}
const server = new Server(caller, loadBrowserEngine)
scope.onmessage = (event: MessageEvent<Message>) => server.receive(event.data)
