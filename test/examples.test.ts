import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { chromiumMissing, openPage } from './browser/open-page.ts'
import { run } from './command-line.ts'
import { sharedFile } from './shared.ts'

const examples = new URL('../examples/', import.meta.url)
const talking = sharedFile('data/train/videos/liveportrait/d1.mp4')
const skipped = talking ? '' : ' (skipped: needs ../shared/data)'

test.each(['faces.ts', 'page/faces.ts', 'page/index.html'])('the README shows examples/%s as it is', async (name) => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  expect(readme).toContain((await readFile(new URL(name, examples), 'utf8')).trim())
})

describe.skipIf(!talking)(`the examples find the face of a talking person${skipped}`, () => {
  test('in Node', async () => {
    const folder = await mkdtemp(`${tmpdir()}/unmask-example-`)
    try {
      const { stdout, stderr, status } = await run(
        process.execPath,
        [fileURLToPath(new URL('faces.ts', examples)), talking!],
        folder,
      )
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
      const lines = stdout.split('\n').filter((line) => line.includes('face at'))
      expect(lines.length).toBe(3)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test.skipIf(chromiumMissing)(`in a page${chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''}`, async () => {
    await using opened = await openPage({ root: new URL('page/', examples) })
    await opened.page.setInputFiles('input', talking!)
    await opened.page.getByText('done').waitFor()
    const text = await opened.page.locator('pre').innerText()
    expect(text.match(/face at/g)?.length).toBe(3)
    expect(opened.complaints).toEqual([])
    expect(opened.outside).toEqual([])
  })
})
