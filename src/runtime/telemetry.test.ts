import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const program = `
  const { openDevice } = await import('${new URL('./index.ts', import.meta.url)}')
  const { identity } = await import('${new URL('./testing.ts', import.meta.url)}')
  const x = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }
  await using device = await openDevice({ device: 'cpu' })
  const { y } = await (await device.compile(identity(x))).run({ x })
  console.log(y.data.join())`

test('the engine neither reports to its maker nor keeps files for that', () => {
  const home = mkdtempSync(join(tmpdir(), 'unmask-home-'))
  try {
    // Where it takes itself to be tested it does not report either.
    const { CI, ORT_RUNNING_UNIT_TESTS, ORT_DISABLE_TELEMETRY, XDG_CACHE_HOME, ...environment } = process.env
    const env = { ...environment, HOME: home }
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { env, encoding: 'utf8' })
    expect(said.trim()).toBe('1,2')
    expect(readdirSync(home, { recursive: true })).toEqual([])
  } finally {
    rmSync(home, { recursive: true })
  }
})
