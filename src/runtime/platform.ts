import type { DeviceKind, DeviceListing } from './types.ts'

/** One end of a line to a worker. */
export interface Channel {
  post(message: unknown, transfer: readonly Transferable[]): void
  /** Sets who hears what the worker says, and its death. Called once, before the first `post`. */
  listen(onMessage: (message: unknown) => void, onFailure: (reason: string) => void): void
  /** Whether an answer is awaited: an idle worker does not keep the process alive. */
  busy(busy: boolean): void
  /** Ends the worker. Resolves once it has ended. */
  close(): Promise<void>
}

/** What differs between Node and the browser; `#runtime-platform` in package.json chooses. */
export interface Platform {
  /** The kinds that `auto` tries, best first; the last is the processor. */
  readonly order: readonly DeviceKind[]
  /**
   * Whether this machine has the device. Never throws, and survives drivers that crash.
   * @param quick rule software adapters out cheaply instead of starting them
   */
  probe(kind: DeviceKind, quick: boolean): Promise<DeviceListing>
  spawnWorker(kind: DeviceKind): Channel
  /** Threads to use when the caller names no number. */
  defaultThreads(): number
}
