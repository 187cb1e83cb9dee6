import { type ChildProcess, spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

/** How a process ended and what it wrote. */
export interface Outcome {
  status: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  /** Variables of the environment; undefined: not set. Others are as here. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** A file that is written to the standard input; default: there is none. */
  readonly input?: string
}

/** Runs the command line in a process of its own. @param cwd folder in which it runs */
export function unmask(cwd: string, ...options: readonly string[]): Promise<Outcome> {
  return startUnmask(cwd, options).ended
}

/** Starts the command line, e.g. to interrupt it. @param cwd folder in which it runs */
export function startUnmask(cwd: string, options: readonly string[], given: RunOptions = {}): Started {
  return start(process.execPath, [main, ...options], cwd, given)
}

/** Runs any command to its end. */
export function run(command: string, options: readonly string[], cwd: string): Promise<Outcome> {
  return start(command, options, cwd, {}).ended
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Outcome>
}

function start(command: string, options: readonly string[], cwd: string, { env = {}, input }: RunOptions): Started {
  const child = spawn(command, options, { cwd, env: { ...process.env, ...env } })
  child.stdin.on('error', () => {}) // it may end before it has read all
  if (input === undefined) child.stdin.end()
  else createReadStream(input).pipe(child.stdin)
  const outcome: Outcome = { status: null, stdout: '', stderr: '' }
  child.stdout.on('data', (text) => {
    outcome.stdout += text
  })
  child.stderr.on('data', (text) => {
    outcome.stderr += text
  })
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ ...outcome, status }))
  })
  return { child, ended }
}
