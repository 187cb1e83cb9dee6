/** Exit status of a process ended by Ctrl-C: 128 + SIGINT, as shells have it. */
const interruptedStatus = 130

const controller = new AbortController()
let taken = false

/**
 * Aborts upon Ctrl-C. A command that asks for it gets the chance to stop in order (remove files, close sessions) and
 * should then return or throw; a second Ctrl-C ends the process at once, as the first does where nobody asked.
 */
export function interruptSignal(): AbortSignal {
  taken = true
  return controller.signal
}

/** Whether Ctrl-C was pressed; the exit status is then this one, whatever the command ended with. */
export function interruptedExitStatus(): number | undefined {
  return controller.signal.aborted ? interruptedStatus : undefined
}

/** Begins to listen for Ctrl-C; called once by `main.ts`. */
export function watchInterrupt(): void {
  process.on('SIGINT', () => {
    if (controller.signal.aborted || !taken) process.exit(interruptedStatus)
    controller.abort()
  })
}
