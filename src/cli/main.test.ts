import { fileURLToPath } from 'node:url'
import { CommanderError } from 'commander'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { run, unmask as unmaskIn } from '../../test/command-line.ts'
import { UnmaskError } from '../errors.ts'
import { renderError } from './errors.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

const unmask = (...options: string[]) => unmaskIn(process.cwd(), ...options)

describe('the program', () => {
  test.each([['--help'], ['-h'], ['help']])('%s', async (option) => {
    const { status, stdout, stderr } = await unmask(option)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: unmask /)
    expect(stdout).toContain('--version')
  })

  test('--version', async () => {
    expect(await unmask('--version')).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' })
  })

  test('a command', async () => {
    const { status, stdout } = await unmask('version')
    expect(status).toBe(0)
    expect(stdout).toContain(`unmask ${packageJson.version}\nnode ${process.versions.node}\n`)
  })

  test('an option that the command has not', async () => {
    expect(await unmask('version', '--hepl')).toMatchObject({ status: 64, stderr: expect.stringContaining('--help?') })
  })

  test('nothing asked: the help, as an error of use', async () => {
    const { status, stdout, stderr } = await unmask()
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' })
    expect(stderr).toMatch(/^Usage: unmask /)
  })

  test('an unknown command, with the nearest', async () => {
    const { status, stdout, stderr } = await unmask('versoin')
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' })
    expect(stderr).toMatch(/^unmask: unknown command 'versoin'\n\(Did you mean version\?\)\nhint: /)
  })

  test('an unknown option, with the nearest', async () => {
    const { status, stderr } = await unmask('--versoin')
    expect(status).toBe(64)
    expect(stderr).toMatch(/^unmask: unknown option '--versoin'\n\(Did you mean --version\?\)\nhint: /)
  })

  test.skipIf(process.platform === 'win32')('a reader that goes away is no error', async () => {
    // The reader ends before anything is written.
    const script = 'set -o pipefail; ( sleep 0.05; exec "$0" "$1" --help ) | true'
    expect(await run('bash', ['-c', script, process.execPath, main], process.cwd())).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
  })
})

describe('Ctrl-C', () => {
  const interrupt = fileURLToPath(new URL('interrupt.ts', import.meta.url))
  // The program itself has no command that waits, so the parts that `main.ts` uses are run in a process of their own.
  const script = (body: string) => `import * as it from ${JSON.stringify(interrupt)}; it.watchInterrupt(); ${body}`
  const press = 'process.kill(process.pid, "SIGINT");'
  const kill = 'process.kill(process.pid, "SIGTERM");'
  const forever = 'setInterval(() => {}, 1000);'
  test.skipIf(process.platform === 'win32').each([
    ['ends at once where nobody asked', `${forever} ${press}`, 130, ''],
    [
      'lets a command that asked stop in order',
      `const timer = ${forever} it.interruptSignal().onabort = () => { clearInterval(timer); console.log("stopped");
       process.exitCode = it.interruptedExitStatus() }; ${press}`,
      130,
      'stopped\n',
    ],
    [
      'is not the only way to ask for that',
      `const timer = ${forever} it.interruptSignal().onabort = () => { clearInterval(timer); console.log("stopped");
       process.exitCode = it.interruptedExitStatus() }; ${kill}`,
      143,
      'stopped\n',
    ],
    ['nor the only one to end at once', `${forever} ${kill}`, 143, ''],
    [
      'pressed twice ends it all the same',
      `${forever} it.interruptSignal().onabort = () => { console.log("stopping"); ${press} }; ${press}`,
      130,
      'stopping\n',
    ],
  ])('%s', async (_, body, status, stdout) => {
    const outcome = await run(process.execPath, ['--input-type=module', '--eval', script(body)], process.cwd())
    expect(outcome).toEqual({ status, stdout, stderr: '' })
  })
})

describe('errors in words', () => {
  test('a coded error: message, hint, status of the table', () => {
    expect(renderError(new UnmaskError('file-access', 'a.mp4: no such file'), false)).toEqual({
      text: 'unmask: a.mp4: no such file\nhint: Check that the path exists and may be read or written.\n',
      exitStatus: 66,
    })
  })

  test('any other error is a fault of ours, its stack only when asked for', () => {
    const error = new TypeError('x is not a function')
    const quiet = renderError(error, false)
    expect(quiet).toMatchObject({ exitStatus: 70, text: expect.stringMatching(/^unmask: x is not a function\nhint: /) })
    expect(quiet.text).not.toContain(' at ')
    expect(renderError(error, true).text).toContain(error.stack)
    expect(renderError('thrown text', false).text).toContain('unmask: thrown text\n')
  })

  test('errors of use keep the suggestion, help that was asked for is none', () => {
    const use = new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'")
    expect(renderError(use)).toMatchObject({
      exitStatus: 64,
      text: expect.stringMatching(/^unmask: unknown option '--x'\n/),
    })
    expect(renderError(new CommanderError(0, 'commander.version', '0.1.0'))).toEqual({ text: '', exitStatus: 0 })
  })
})
