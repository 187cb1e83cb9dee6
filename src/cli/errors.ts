import { CommanderError } from 'commander'
import { UnmaskError } from '../errors.ts'
import { harmless } from './text.ts'

/** What the process does about an error: text for stderr (may be empty) and exit status. */
export interface Rendered {
  readonly text: string
  readonly exitStatus: number
}

/** Exit status of a mistake in the program itself: EX_SOFTWARE of sysexits.h. */
const internalError = 70

/**
 * The one place where errors become text: coded errors with their hint, errors of use as commander words them, and
 * anything else as a fault of ours, its stack only where `UNMASK_DEBUG` is 1.
 */
export function renderError(error: unknown, debug = process.env.UNMASK_DEBUG === '1'): Rendered {
  if (error instanceof CommanderError) return renderUse(error)
  const stack = debug && error instanceof Error && error.stack !== undefined ? `${error.stack}\n` : ''
  if (error instanceof UnmaskError) {
    return { text: `unmask: ${linesOf(error)}\nhint: ${error.hint}\n${stack}`, exitStatus: error.exitStatus }
  }
  const advice = debug ? '' : 'hint: This is a fault in unmask. Set UNMASK_DEBUG=1 to see where.\n'
  return { text: `unmask: ${linesOf(error)}\n${advice}${stack}`, exitStatus: internalError }
}

function renderUse(error: CommanderError): Rendered {
  // Help and version that were asked for; commander has printed them.
  if (error.exitCode === 0) return { text: '', exitStatus: 0 }
  const { hint, exitStatus } = new UnmaskError('usage', error.message)
  // No command at all: commander has printed the help to stderr, which says more than the hint.
  if (error.code === 'commander.help') return { text: '', exitStatus }
  return { text: `unmask: ${error.message.replace(/^error: /, '')}\nhint: ${hint}\n`, exitStatus }
}

/** Messages have names of files in them, which may hold anything. */
function linesOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n').map(harmless).join('\n')
}
