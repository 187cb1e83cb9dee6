/** Exit status of a process ended by a signal: 128 + its number, as shells have it. */
const statuses = { SIGINT: 130, SIGTERM: 143 } as const

const controller = new AbortController()
let taken = false
let status: number | undefined

/**
 * Aborts upon Ctrl-C, or when the process is asked to end (`kill`, `timeout`). A command that asks for it gets the chance
 * to stop in order (remove files, close sessions) and should then return or throw; asked a second time the process ends
 * at once, as it does the first time where no command asked.
 */
export function interruptSignal(): AbortSignal {
  taken = true
  return controller.signal
}

/** The exit status if the process was interrupted, whatever the command ended with; else undefined. */
export function interruptedExitStatus(): number | undefined {
  return status
}

/** Begins to listen for signals; called once by `main.ts`. */
export function watchInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (status !== undefined || !taken) process.exit(statuses[signal])
      status = statuses[signal]
      controller.abort()
    })
  }
}
