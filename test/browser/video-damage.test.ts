import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Random } from '../../src/tensor/random.ts'
import { clip, ffmpegMissing, picture } from '../clips.ts'
import type { Look } from './look.ts'
import { chromiumMissing, openPage, type TestPage } from './open-page.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Ways in which files are damaged. */
const damages: Readonly<Record<string, (bytes: Bytes, random: Random) => Bytes>> = {
  'bits flipped': (bytes, random) => {
    for (let flip = 0; flip < 8; flip++) bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8)
    return bytes
  },
  'cut off': (bytes, random) => bytes.slice(0, random.integer(bytes.length)),
  'a stretch of zeros': (bytes, random) => {
    const start = random.integer(bytes.length)
    return bytes.fill(0, start, start + 1 + random.integer(2000))
  },
  'nonsense in the header': (bytes, random) => {
    // MPEG-4 files have theirs at the end.
    const start = random.integer(2) === 0 ? 0 : Math.max(0, bytes.length - 1200)
    for (let n = 0; n < 4; n++) bytes[start + random.integer(Math.min(1200, bytes.length))] = random.integer(256)
    return bytes
  },
}

const groups = picture('64x48', 25, 1.2)
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '8', '-pix_fmt', 'yuv420p']
const clips: Readonly<Record<string, readonly string[]>> = {
  'damaged.mp4': [...groups, ...x264],
  'damaged.ts': [...groups, ...x264],
  'damaged.mkv': [...groups, ...x264, '-cluster_time_limit', '300'],
  'damaged.webm': [...groups, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-g', '8'],
}

/** Enough for a reader that is led in circles to be noticed, not enough for a slow machine to be taken for one. */
const stallSeconds = 5

/** Of each clip and kind of damage. */
const copies = 4

const missing = chromiumMissing ?? ffmpegMissing
const skipped = missing === undefined ? '' : ` (skipped: ${missing})`

describe.skipIf(skipped !== '')(`damaged videos in Chromium${skipped}`, () => {
  let page: TestPage
  beforeAll(async () => {
    page = await openPage()
  })
  afterAll(() => page[Symbol.asyncDispose]())

  test.each(Object.keys(clips))('%s: an error with a code, or frames, and the page lives on', async (name) => {
    const whole = new Uint8Array(await readFile(await clip(name, clips[name]!)))
    const sound = await page.look({ bytes: whole })
    expect(sound).toMatchObject({ frames: { length: 30 }, report: { framesDecoded: 30, warnings: [] } })
    const random = new Random(name)
    const looks: Look[] = []
    for (const damage of Object.values(damages)) {
      for (let copy = 0; copy < copies; copy++) {
        const bytes = damage(whole.slice(), random)
        looks.push(await page.look({ bytes, options: { limits: { stallSeconds } } }))
      }
    }
    for (const { frames, error, report } of looks) {
      if (error) expect(error.code).toMatch(/^video-(format|codec|damaged|limit|stalled)$/)
      else expect(frames.length).toBeGreaterThan(0)
      // What is missing is said, but for the last moments where a file does not say how many frames it has.
      if (!error && frames.length < 20) expect(report?.warnings).not.toEqual([])
    }
    // The damage reached the decoder: not all files were refused, nor all of it passed over.
    const spoken = looks.filter(({ error, report }) => error || report!.warnings.length > 0).length
    expect(spoken).toBeGreaterThan(looks.length / 3)
    expect(looks.filter(({ frames }) => frames.length > 0).length).toBeGreaterThan(0)
    expect(page.complaints).toEqual([])
    expect(await page.look({ bytes: whole })).toEqual(sound)
  })

  test('a decoder that fails goes on with the next key frame', async () => {
    const whole = new Uint8Array(await readFile(await clip('damaged.mp4', clips['damaged.mp4']!)))
    const sound = await page.look({ bytes: whole })
    // Somewhere in the media data, which comes first.
    const bytes = whole.slice().fill(0, 3000, 6000)
    const { frames, report } = await page.look({ bytes })
    expect(report?.warnings.map(({ code }) => code)).toEqual(['data-damaged', 'frames-missing'])
    expect(frames.length).toBeGreaterThan(0)
    expect(frames.at(-1)?.seconds).toBe(sound.frames.at(-1)?.seconds)
    expect(frames.at(-1)?.planes).toBe(sound.frames.at(-1)?.planes)
  })
})
