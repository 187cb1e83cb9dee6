import { once } from 'node:events'
import { type MessagePort, MessageChannel as NodeMessageChannel, Worker } from 'node:worker_threads'
import { probeNode } from './node-probe.ts'
import type { Channel, Platform } from './platform.ts'
import { farewell } from './protocol.ts'
import { withoutTelemetry } from './telemetry.ts'
import type { DeviceKind } from './types.ts'

/** Node's side of the runtime: worker threads, probes in child processes. */
export const platform: Platform = {
  order: ['cuda', 'webgpu', 'cpu'],
  probe: probeNode,
  spawnWorker: (kind) => connect(hostFor(kind)),
  defaultThreads: () => navigator.hardwareConcurrency,
}

/** A worker thread and the devices in it. */
export interface Host {
  readonly worker: Worker
  readonly devices: Set<(reason: string) => void>
}

/**
 * The engine keeps one WebGPU context per process, which crashes when two threads use it at once. So all WebGPU
 * devices of a process live in one thread; it blocks in every run, which puts their runs one after the other. It stays
 * when they are gone: ending it would leak what the driver holds, some 20 MB each time.
 */
let shared: Host | undefined

function hostFor(kind: DeviceKind): Host {
  if (kind !== 'webgpu') return startHost()
  shared ??= startHost()
  return shared
}

function startHost(): Host {
  Object.assign(process.env, withoutTelemetry)
  // The worker is run as it stands: TypeScript by type stripping in the checkout, JavaScript in the package.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const script = new URL(`./node-worker.${extension}`, import.meta.url)
  // The caller's command line is not for workers: Node refuses to start one under some options (--input-type).
  return hostOf(new Worker(script, { execArgv: [] }))
}

/** Watches over a thread: its devices hear of its death, and it does not keep the process alive. */
export function hostOf(worker: Worker): Host {
  const devices: Host['devices'] = new Set()
  const host = { worker, devices }
  const fail = (reason: string) => {
    if (shared === host) shared = undefined
    for (const device of devices) device(reason)
    devices.clear()
  }
  worker.on('error', (error: unknown) => fail(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (status) => fail(`it ended with status ${status}`))
  // What keeps the process alive is the ports of busy devices.
  worker.unref()
  return host
}

/** Opens a line of its own to a host's thread. */
export function connect(host: Host): Channel {
  const { port1: port, port2: far } = new NodeMessageChannel()
  host.worker.postMessage(far, [far])
  let fail = (_reason: string) => {}
  const onFailure = (reason: string) => fail(reason)
  host.devices.add(onFailure)
  // Comes also when the thread ends.
  const closed = once(port, 'close')
  return {
    post: (message, transfer) => port.postMessage(message, transfer as never),
    listen: (onMessage, onEnd) => {
      fail = onEnd
      port.on('message', onMessage)
      port.on('messageerror', (error) => onEnd(error.message))
      port.unref()
    },
    busy: (busy) => keepAlive(port, busy),
    close: async () => {
      port.ref()
      // Ended within a run, a thread takes the process with it: the engine throws where nothing can be thrown any more.
      port.postMessage(farewell)
      await closed
      if (host !== shared) await host.worker.terminate()
      host.devices.delete(onFailure)
    },
  }
}

function keepAlive(port: MessagePort, alive: boolean): void {
  if (alive) port.ref()
  else port.unref()
}
