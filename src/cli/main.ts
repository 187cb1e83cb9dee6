#!/usr/bin/env node
import './young-heap.ts'
import { renderError } from './errors.ts'
import { interruptedExitStatus, watchInterrupt } from './interrupt.ts'
import { createProgram } from './program.ts'

watchInterrupt()
endQuietlyWithReader()
// What no command caught, from callbacks: the state is unknown, so end at once.
process.on('uncaughtException', (error) => process.exit(report(error)))

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = report(error)
}
process.exitCode = interruptedExitStatus() ?? process.exitCode ?? 0

/** Prints an error, unless it only follows from Ctrl-C. @returns the exit status. */
function report(error: unknown): number {
  const { text, exitStatus } = renderError(error)
  const interrupted = interruptedExitStatus()
  if (interrupted === undefined) process.stderr.write(text)
  return interrupted ?? exitStatus
}

/** `unmask ... | head` closes our output early: no fault of ours or the user's. */
function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit()
    })
  }
}
