import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { commands } from './commands.ts'

/**
 * The command line as commander sees it. It never ends the process itself: help, the version and errors of use are
 * thrown as commander's errors, for `errors.ts` to turn into text and exit status. Commands take this over.
 */
export function createProgram(): Command {
  const program = new Command('unmask')
    .description(packageJson.description)
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({ outputError: () => {} }) // printed in one place, `errors.ts`
  for (const register of commands) register(program)
  return program
}
