import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

async function devices(...options: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [main, 'devices', ...options])).stdout
}

test('one line for each kind', async () => {
  const lines = (await devices()).trimEnd().split('\n')
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['cuda', 'webgpu', 'cpu', 'wasm'])
  expect(lines[2]).toMatch(/^cpu +yes +.*threads$/)
  expect(lines[3]).toMatch(/^wasm +no +only in the browser$/)
})

test('--json', async () => {
  const list = JSON.parse(await devices('--json'))
  expect(list).toContainEqual({ kind: 'wasm', available: false, reason: 'only in the browser' })
  expect(list).toContainEqual({ kind: 'cpu', available: true, software: false, description: expect.any(String) })
})
