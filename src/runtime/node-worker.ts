import { type MessagePort, parentPort } from 'node:worker_threads'
import { loadNodeEngine } from './node-engine.ts'
import type { farewell, Message } from './protocol.ts'
import { Server } from './serve.ts'

// Each device of this thread has a line of its own.
parentPort?.on('message', (port: MessagePort) => {
  const caller = {
    post: (reply: unknown, transfer: readonly Transferable[]) => port.postMessage(reply, transfer as never),
    // Node hears messages before it runs immediates.
    turn: () => new Promise<void>((resolve) => setImmediate(resolve)),
  }
  const server = new Server(caller, loadNodeEngine)
  port.on('message', async (message: Message | typeof farewell) => {
    if (message.op !== 'close') return server.receive(message)
    await server.dispose()
    port.close()
  })
})
