import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import { sharedFile } from '../../../test/shared.ts'
import { contentHash } from '../content-hash.ts'
import type { DataEntry } from '../entry.ts'
import { emptyFolder } from '../testing/trees.ts'
import { type CropCacheOptions, openCropCache } from './cache.ts'
import type { CropSettings } from './settings.ts'

const settings: CropSettings = {
  layout: { snippets: 2, frames: 3 },
  clips: 2,
  span: 1,
  rate: 30,
  size: 64,
  margin: 1.25,
  landmarks: false,
}

const entry = (path: string): DataEntry => ({ path, label: 'real', subset: '', identities: [], split: null })

async function prepare(
  folder: string,
  entries: readonly DataEntry[],
  more: Partial<CropSettings> = {},
  options: CropCacheOptions = { workers: 1 },
) {
  await using cache = await openCropCache(folder, { ...settings, ...more }, options)
  return await cache.prepare(entries)
}

/** The files of a cache, with what they hold and when they were written. */
async function filesOf(folder: string) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.safetensors')).sort()
  return Promise.all(
    files.map(async (name) => {
      const path = join(folder, name)
      return { name, bytes: await readFile(path), written: (await stat(path)).mtimeMs }
    }),
  )
}

describe.skipIf(ffmpegMissing)('what has no face, or cannot be read (needs the ffmpeg program)', () => {
  test('is told entry by entry; only that there is no face is kept', async () => {
    const folder = await emptyFolder()
    const faceless = entry(await clip('faceless.mp4', picture('160x120', 25, 1)))
    const text = entry(join(folder, 'text.mp4'))
    await writeFile(text.path, 'no video at all\n'.repeat(100))
    const missing = entry(join(folder, 'missing.mp4'))
    const cached = join(folder, 'cache')
    await using cache = await openCropCache(cached, settings, { workers: 1 })
    const { failures } = await cache.prepare([text, faceless, missing])
    expect(failures.map(({ entry, reason }) => [entry, reason])).toEqual([
      [text, 'video-format'],
      [faceless, 'no-face'],
      [missing, 'file-access'],
    ])
    expect((await filesOf(cached)).length).toBe(1)
    expect(await cache.clips(faceless)).toEqual([])
    await expect(cache.clips(text)).rejects.toMatchObject({ code: 'video-format' })
    const again = await prepare(cached, [faceless, missing])
    expect(again.failures).toMatchObject([{ reason: 'no-face' }, { reason: 'file-access' }])
    expect([...again.contents]).toEqual([[faceless.path, await contentHash(faceless.path)]])
  })
})

const stills = ['AJ_Lamas_0001', 'Aaron_Eckhart_0001', 'Aaron_Patterson_0001', 'Abdel_Nasser_Assidi_0001']
  .map((name) => sharedFile(`data/train/stills/lfw/${name}.jpg`))
  .filter((path) => path !== undefined)
  .map(entry)
const video = sharedFile('data/train/videos/liveportrait/d19.mp4')
const skipped = video ? '' : ' (skipped: needs ../shared/data)'

describe.skipIf(!video)(`faces${skipped}`, () => {
  test('are the same by one process and by two, decoded apart or not', async () => {
    const folders = [await emptyFolder(), await emptyFolder(), await emptyFolder()]
    const entries = [...stills, entry(video!)]
    const options = [{ workers: 1 }, { workers: 2 }, { workers: 2, isolated: true }]
    for (const [i, folder] of folders.entries()) {
      expect((await prepare(folder, entries, {}, options[i])).failures).toEqual([])
    }
    const [one, ...others] = await Promise.all(folders.map(filesOf))
    const bytes = (files: typeof one) => files!.map(({ name, bytes }) => [name, bytes.toString('base64')])
    expect(one!.length).toBe(entries.length)
    for (const other of others) expect(bytes(other)).toEqual(bytes(one))
  })

  test('a still has one frame, a video its clips; crops have room around and landmarks in them', async () => {
    const folder = await emptyFolder()
    const crops = async (more: Partial<CropSettings>) => {
      await using cache = await openCropCache(folder, { ...settings, ...more }, { workers: 1 })
      return { still: await cache.clips(stills[0]!), moving: await cache.clips(entry(video!)) }
    }
    const wide = await crops({ landmarks: true })
    const tight = await crops({ margin: 1 })
    expect(wide.still.map(({ images, seconds }) => [images.length, seconds])).toEqual([[1, [0]]])
    expect(wide.moving.map(({ clip, images }) => [clip, images.length])).toEqual([
      [0, 6],
      [1, 6],
    ])
    for (const [i, clip] of [...wide.still, ...wide.moving].entries()) {
      const narrow = [...tight.still, ...tight.moving][i]!
      expect(clip.track).toBe(1)
      expect(clip.faceWidth).toBe(narrow.faceWidth)
      expect(narrow.landmarks).toEqual([])
      for (const [j, region] of clip.regions.entries()) {
        const inner = narrow.regions[j]!
        expect(region.width).toBe(1.25 * inner.width)
        expect(region.x + region.width / 2).toBe(inner.x + inner.width / 2)
        expect(clip.images[j]).toMatchObject({ width: 64, height: 64 })
        const [x, y] = [0, 1].map((axis) => clip.landmarks[j]!.filter((_, k) => k % 2 === axis))
        expect(Math.min(...x!, ...y!)).toBeGreaterThan(0)
        expect(Math.max(...x!, ...y!)).toBeLessThan(64)
        expect(Math.max(...x!) - Math.min(...x!)).toBeGreaterThan(20)
      }
    }
  })

  test('are not looked for again: not in another name, only with other settings', async () => {
    const folder = await emptyFolder()
    await prepare(folder, stills)
    const before = await filesOf(folder)
    const renamed = entry(join(await emptyFolder(), 'renamed.jpg'))
    await copyFile(stills[0]!.path, renamed.path)
    await prepare(folder, [...stills, renamed])
    expect(await filesOf(folder)).toEqual(before)
    const others: Partial<CropSettings>[] = [
      { size: 48 },
      { margin: 1 },
      { faces: 'all' },
      { treatment: { recode: 30 } },
    ]
    for (const [i, other] of others.entries()) {
      await prepare(folder, stills.slice(0, 1), other)
      expect((await filesOf(folder)).length).toBe(stills.length + i + 1)
    }
  })

  test('a treated video', async () => {
    await using cache = await openCropCache(await emptyFolder(), { ...settings, treatment: { frames: 4, recode: 23 } })
    const [only, ...more] = await cache.clips(entry(video!))
    expect(more).toEqual([])
    expect(new Set(only!.seconds)).toEqual(new Set([0, 0.04, 0.08, 0.12]))
  })

  test('damage is noticed, told, and made good', async () => {
    const folder = await emptyFolder()
    await prepare(folder, stills)
    const before = await filesOf(folder)
    const places = [(length: number) => length - 5000, () => 20, () => 3, (length: number) => length - 1]
    for (const [i, { name, bytes }] of before.entries()) {
      const damaged = Buffer.from(bytes)
      damaged[places[i]!(bytes.length)]! ^= 16
      await writeFile(join(folder, name), damaged)
    }
    const warnings: string[] = []
    await using cache = await openCropCache(folder, settings, { onWarning: (message) => warnings.push(message) })
    for (const still of stills) expect((await cache.clips(still)).length).toBe(1)
    expect(warnings.length).toBe(stills.length)
    const after = await filesOf(folder)
    expect(after.map(({ name, bytes }) => [name, bytes])).toEqual(before.map(({ name, bytes }) => [name, bytes]))
  })
})
