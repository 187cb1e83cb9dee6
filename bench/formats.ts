import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openVideo } from '../src/video/open.ts'
import { chromiumMissing, openPage, type TestPage } from '../test/browser/open-page.ts'
import { clipFrames, containerNames, fileName, formats, makeClips } from '../test/video/formats.ts'

/** Codecs with a column of their own, in all of their depths. */
const columns = ['h264', 'hevc', 'vp8', 'vp9', 'av1', 'mpeg4', 'mjpeg', 'prores']

/** What came of a clip in each place: undefined where all of its frames were decoded, else why not. */
interface Outcome {
  readonly container: string
  readonly codec: string
  readonly node: string | undefined
  readonly browser: string | undefined
}

/** Decodes all clips of the test of formats in Node and in Chromium; prints the table of docs/formats.md, and why some fail. */
export async function benchFormats(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'unmask-formats-'))
  const page = chromiumMissing === undefined ? await openPage() : undefined
  const outcomes: Outcome[] = []
  try {
    for (const format of formats) {
      await makeClips(format, folder)
      const codec = format.column.replace(' 10-bit', '')
      for (const container of format.containers) {
        const path = join(folder, fileName(format, container))
        outcomes.push({ container, codec, node: await inNode(path), browser: await inBrowser(page, path) })
      }
    }
  } finally {
    await page?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  }
  printTable(outcomes)
  printReasons('Node', outcomes, ({ node }) => node)
  printReasons('Chromium', outcomes, ({ browser }) => browser)
}

async function inNode(path: string): Promise<string | undefined> {
  try {
    await using video = await openVideo(path)
    let frames = 0
    for await (const _ of video.frames()) frames++
    return frames === clipFrames ? undefined : `${frames} of ${clipFrames} frames`
  } catch (error) {
    return (error as Error).message
  }
}

async function inBrowser(page: TestPage | undefined, path: string): Promise<string | undefined> {
  if (!page) return chromiumMissing
  const { frames, error } = await page.look({ bytes: new Uint8Array(await readFile(path)) })
  if (error) return error.message.replace('the Blob: ', '').replace(/ \(.*\)$/, '')
  return frames.length === clipFrames ? undefined : `${frames.length} of ${clipFrames} frames`
}

function printTable(outcomes: readonly Outcome[]): void {
  const rows = Object.keys(containerNames).map((container) => {
    const held = outcomes.filter((outcome) => outcome.container === container)
    const cells = columns.map((column) => cell(held.filter(({ codec }) => codec === column)))
    return [container, ...cells, others(held)]
  })
  const lines = [['', ...columns, 'others'], ['', ...columns, ''].map(() => '---'), ...rows]
  for (const line of lines) console.log(`| ${line.join(' | ')} |`)
}

/** Codecs without a column, by where they decode. */
function others(held: readonly Outcome[]): string {
  const codecs = [...Map.groupBy(held, ({ codec }) => codec)].filter(([codec]) => !columns.includes(codec))
  const places = Map.groupBy(codecs, ([, group]) => cell(group))
  return [...places].map(([place, group]) => `${place}: ${group.map(([codec]) => codec).join(' ')}`).join('; ')
}

function cell(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ''
  if (outcomes.some(({ node }) => node !== undefined)) return 'no'
  return outcomes.every(({ browser }) => browser === undefined) ? 'both' : 'Node'
}

function printReasons(place: string, outcomes: readonly Outcome[], of: (outcome: Outcome) => string | undefined): void {
  const failed = Map.groupBy(outcomes, of)
  const decoded = failed.get(undefined)?.length ?? 0
  console.log(`\n${place}: ${decoded} of ${outcomes.length} files decode`)
  for (const [reason, group] of failed) {
    if (reason === undefined) continue
    console.log(`- ${reason}: ${group.map(({ container, codec }) => `${codec}.${container}`).join(' ')}`)
  }
}
