import { spawnSync } from 'node:child_process'
import { appendFile, copyFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ErrorCode } from '../../src/errors.ts'
import { Random } from '../../src/tensor/random.ts'
import { openVideo } from '../../src/video/open.ts'
import { clip, clipFolder, ffmpegMissing, picture } from '../clips.ts'
import { run } from '../command-line.ts'
import { judge } from './judge.ts'
import { children, notSeen } from './leftovers.ts'
import { type Bytes, seed } from './seeds.ts'

const encode = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text))
const noise = (bytes: number, name: string): Bytes => {
  const random = new Random(name)
  return Uint8Array.from({ length: bytes }, () => random.integer(256))
}

/** What is no video, by the name that it goes under. */
const noVideos: Readonly<Record<string, Bytes>> = {
  'nothing.mp4': new Uint8Array(),
  'byte.mp4': new Uint8Array([0]),
  'zeros.mp4': new Uint8Array(300_000),
  'zeros.ts': new Uint8Array(300_000),
  'ones.mkv': new Uint8Array(300_000).fill(255),
  'sync bytes.ts': new Uint8Array(188 * 1000).fill(0x47),
  'text.mp4': encode('Once upon a time there was no video in this file.\n'.repeat(1000)),
  'page.mp4': encode('<!DOCTYPE html><html><body><video src="a.mp4"></video></body></html>'),
  'document.mp4': encode(`%PDF-1.7\n${'1 0 obj <<>> endobj\n'.repeat(200)}`),
  'drawing.png': encode(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>',
  ),
  'archive.mp4': new Uint8Array(Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), noise(5000, 'zip')])),
  'tar.mp4': new Uint8Array(Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\0'), Buffer.alloc(5000)])),
  'elf.mp4': new Uint8Array(Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), noise(5000, 'elf')])),
  'program.mp4': new Uint8Array(Buffer.concat([Buffer.from('MZ\x90\0'), noise(5000, 'program')])),
  'list.m3u8': encode('#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nseed.ts\n#EXT-X-ENDLIST\n'),
  'list.mp4': encode('#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
  'dash.mpd': encode('<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"></MPD>'),
  'script.mp4': encode("ffconcat version 1.0\nfile '/etc/passwd'\n"),
  'session.sdp': encode(
    'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
  ),
  'metadata.mp4': encode(';FFMETADATA1\ntitle=x\n'),
  'subtitles.mp4': encode('1\n00:00:00,000 --> 00:00:01,000\nHello\n'),
}

/** Programs make these without a word about what is in them: only the content counts. */
const misnomers: readonly [seed: string, name: string, frames: number][] = [
  ['h264.mp4', 'a.avi', 12],
  ['h264.mp4', 'a.jpg', 12],
  ['h264.mp4', 'a.txt', 12],
  ['h264.mp4', 'a', 12],
  ['vp9.webm', 'a.mp4', 12],
  ['mpeg4.avi', 'a.mov', 12],
  ['mpeg2.ts', 'a.mp4', 12],
  ['wmv2.wmv', 'a.mkv', 12],
  ['gif.gif', 'a.mp4', 12],
  ['picture.png', 'a.mp4', 1],
  ['picture.jpg', 'a.mp4', 1],
  ['picture.jpg', 'a.png', 1],
  ['picture.webp', 'a.avi', 1],
]

async function count(frames: AsyncIterable<unknown>): Promise<number> {
  let found = 0
  for await (const _ of frames) found++
  return found
}

describe.skipIf(ffmpegMissing)(`hostile input (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  let folder: string
  let temporary: string
  beforeAll(async () => {
    folder = await mkdtemp(join(clipFolder(), 'hostile-'))
    temporary = await mkdtemp(join(clipFolder(), 'temporary-'))
    vi.stubEnv('TMPDIR', temporary)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    expect(await readdir(temporary)).toEqual([])
    if (!notSeen) await vi.waitFor(async () => expect(await children()).toEqual([]))
  })

  test.each(Object.keys(noVideos))('%s is no video', async (name) => {
    const path = join(folder, name)
    await writeFile(path, noVideos[name]!)
    for (const source of [path, noVideos[name]!]) {
      expect(await judge(source, { isolated: false })).toMatchObject({
        code: expect.stringMatching(/^video-(format|damaged|codec)$/),
        frames: 0,
      })
    }
  })

  test('random bytes', async () => {
    for (let n = 0; n < 40; n++) {
      const { code } = await judge(noise(1 + 37 ** (1 + (n % 3)), `noise ${n}`), { isolated: false })
      expect(code).toMatch(/^video-/)
    }
  })

  test.each(misnomers)('%s called %s', async (name, called, frames) => {
    const path = join(folder, called)
    await writeFile(path, (await seed(name)).bytes)
    expect(await judge(path, { isolated: false })).toEqual({ frames, warnings: [] })
  })

  const places: readonly [path: string, code: ErrorCode][] = [
    ['none.mp4', 'file-access'],
    ['none/none.mp4', 'file-access'],
    ['empty', 'video-format'],
    ['nonsense', 'video-damaged'],
    ['nonsense/*.jpg', 'video-damaged'],
    ['nonsense/*.mp4', 'file-access'],
    ['pipe', 'file-access'],
    ['/dev/zero', 'file-access'],
    ['/dev/null', 'file-access'],
    ['/dev/zer?', 'video-damaged'],
    ['/proc/self/mem', 'video-format'],
    ['loop', 'file-access'],
    ['a\0.mp4', 'file-access'],
    ['', 'file-access'],
    [`${'x'.repeat(300)}.mp4`, 'file-access'],
    ['http://127.0.0.1:1/a.mp4', 'file-access'],
  ]
  test.skipIf(notSeen)(`places where no video is${notSeen ? ` (skipped: ${notSeen})` : ''}`, async () => {
    await mkdir(join(folder, 'empty'))
    await mkdir(join(folder, 'nonsense'))
    await writeFile(join(folder, 'nonsense/a.jpg'), noise(1000, 'a'))
    await writeFile(join(folder, 'nonsense/b.png'), 'no picture')
    spawnSync('mkfifo', [join(folder, 'pipe'), join(folder, 'nonsense/c.jpg')])
    spawnSync('ln', ['-s', 'loop', join(folder, 'loop')])
    for (const [place, code] of places) {
      const path = place === '' || /^(\/|http)/.test(place) ? place : join(folder, place)
      for (const isolated of [false, true]) {
        expect({ place, ...(await judge(path, { isolated })) }).toMatchObject({ place, code })
      }
    }
  })

  test.skipIf(process.getuid?.() === 0)('a file that may not be read (skipped for root, who may)', async () => {
    const path = join(folder, 'secret.mp4')
    await writeFile(path, (await seed('h264.mp4')).bytes, { mode: 0 })
    expect(await judge(path)).toMatchObject({ code: 'file-access' })
  })

  test.each([true, false])('a file that grows, shrinks or goes while it is read (isolated: %s)', async (isolated) => {
    const whole = await clip('long.ts', [...picture('64x48', 25, 20), '-c:v', 'mpeg2video', '-g', '10'])
    const bytes = await readFile(whole)
    const path = join(folder, 'changing.ts')

    await writeFile(path, bytes.subarray(0, bytes.length >> 1))
    await using growing = await openVideo(path, { isolated })
    const frames = growing.frames()
    await frames.next()
    await appendFile(path, bytes.subarray(bytes.length >> 1))
    expect(await count(frames)).toBeGreaterThan(200)

    await copyFile(whole, path)
    await using shrinking = await openVideo(path, { isolated })
    const rest = shrinking.frames()
    await rest.next()
    await truncate(path, bytes.length >> 4)
    expect(await count(rest)).toBeLessThan(499)
    expect(shrinking.report.warnings.length).toBeGreaterThan(0)

    await copyFile(whole, path)
    await using going = await openVideo(path, { isolated })
    await rm(path)
    expect(await count(going.frames())).toBe(500)
    // To go back, the file is opened again.
    await expect(count(going.frames())).rejects.toMatchObject({ code: expect.stringMatching(/^(file-access|video-)/) })
  })

  test('pictures within limits.pixels that take too much memory end their process only', async () => {
    const path = join(folder, 'huge.png')
    const made = ['-f', 'lavfi', '-i', 'color=black:s=12000x12000:d=0.04', '-frames:v', '1', '-c:v', 'png', path]
    await run('ffmpeg', ['-v', 'error', '-y', ...made], folder)
    const limits = { pixels: 2 ** 30, memory: 256 }
    expect(await judge(path, { limits })).toMatchObject({
      code: 'video-limit',
      message: expect.stringMatching(/memory/),
    })
    expect(await judge(path)).toMatchObject({ code: 'video-limit', message: expect.stringMatching(/pixels/) })
  })
})
