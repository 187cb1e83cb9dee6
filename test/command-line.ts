import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

/** How a process ended and what it wrote. */
export interface Outcome {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs the command line in a process of its own. @param cwd folder in which it runs */
export function unmask(cwd: string, ...options: readonly string[]): Promise<Outcome> {
  return run(process.execPath, [main, ...options], cwd)
}

/** Runs any command to its end. */
export function run(command: string, options: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, options, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const outcome: Outcome = { status: null, stdout: '', stderr: '' }
    child.stdout.on('data', (text) => {
      outcome.stdout += text
    })
    child.stderr.on('data', (text) => {
      outcome.stderr += text
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ ...outcome, status }))
  })
}
