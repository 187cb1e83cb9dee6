import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { sharedFile } from '../shared.ts'
import { readClips } from './clips.ts'
import { chromiumMissing, openPage } from './open-page.ts'

const names = ['liveportrait/d19.mp4', 'liveportrait/d13.mp4', 'videoretalking/5.mp4']
const paths = names.map((name) => sharedFile(`data/train/videos/${name}`)).filter((path) => path !== undefined)
const reason = chromiumMissing ?? (paths.length < names.length ? 'needs ../shared/data' : undefined)

describe.skipIf(reason)(`faces and clips in Chromium${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test.each(paths)('are those of Node, to the bit: %s', async (path) => {
    const bytes = new Uint8Array(await readFile(path))
    await using page = await openPage()
    const here = await readClips(bytes)
    expect(here.clips.length).toBe(2)
    expect(here.tracks.length).toBe(1)
    expect(await page.readClips(bytes)).toEqual(here)
    expect(page.complaints).toEqual([])
    expect(page.outside).toEqual([])
  })
})
