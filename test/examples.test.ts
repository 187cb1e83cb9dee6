import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { chromiumMissing, openPage } from './browser/open-page.ts'
import { run } from './command-line.ts'
import { sharedFile } from './shared.ts'

const examples = new URL('../examples/', import.meta.url)
const talking = sharedFile('data/train/videos/liveportrait/d1.mp4')
const hasModel = existsSync(new URL('../models/detector/detector.safetensors', import.meta.url))
const modelMissing = hasModel ? '' : ' (skipped: there is no default model yet)'

test.each([
  ['README.md', 'detect.ts'],
  ['README.md', 'page/detect.ts'],
  ['README.md', 'page/index.html'],
  ['docs/library.md', 'faces.ts'],
])('%s shows examples/%s as it is', async (document, name) => {
  const text = await readFile(new URL(`../${document}`, import.meta.url), 'utf8')
  expect(text).toContain((await readFile(new URL(name, examples), 'utf8')).trim())
})

async function runExample(name: string, ...options: string[]): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/unmask-example-`)
  try {
    const path = fileURLToPath(new URL(name, examples))
    const { stdout, stderr, status } = await run(process.execPath, [path, ...options], folder)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    return stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe.skipIf(!talking)(`of a talking person${talking ? '' : ' (skipped: needs ../shared/data)'}`, () => {
  test('the face is found in Node', async () => {
    const stdout = await runExample('faces.ts', talking!)
    expect(stdout.split('\n').filter((line) => line.includes('face at')).length).toBe(3)
  })

  test.skipIf(modelMissing)(`there is a verdict in Node${modelMissing}`, async () => {
    const stdout = await runExample('detect.ts', talking!)
    expect(stdout).toMatch(/^(fake|real|uncertain) [01]\.\d+\n(- .+\n)+face 1, 0 to [\d.]+ s, clip by clip: [01]\.\d\d/)
  })

  const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : modelMissing
  test.skipIf(skipped)(`there is a verdict in a page, and nothing leaves it${skipped}`, async () => {
    await using opened = await openPage({ root: new URL('page/', examples) })
    await opened.page.setInputFiles('input', talking!)
    await opened.page.getByText(/^(verdict|error): /).waitFor({ timeout: 100_000 })
    expect(await opened.page.locator('pre').innerText()).toMatch(/^verdict: (fake|real|uncertain) \([01]\.\d+\)\n.+/)
    expect(opened.complaints).toEqual([])
    expect(opened.outside).toEqual([])
  })
})
