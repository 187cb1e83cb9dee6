import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import type { Frame } from '../frame.ts'
import { openVideo } from '../open.ts'
import type { OpenOptions } from '../options.ts'
import type { Video, VideoSource } from '../video.ts'

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const noise = ['-vf', 'noise=alls=20:allf=t']
const make = () => clip('limits.mp4', [...picture('64x48', 25, 2), ...noise, ...x264, '-movflags', 'faststart'])
const open = (source: VideoSource, options: OpenOptions = {}) => openVideo(source, { isolated: false, ...options })

async function all(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const given: Frame[] = []
  for await (const frame of frames) given.push(frame)
  return given
}

const codes = (video: Video) => video.report.warnings.map(({ code }) => code)

describe.skipIf(ffmpegMissing)(`limits and damage (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  test('limits.frames ends an iteration with a warning', async () => {
    await using video = await open(await make(), { limits: { frames: 7 } })
    expect(await all(video.frames({ rate: 5 }))).toHaveLength(7)
    expect(codes(video)).toEqual(['limit-reached'])
    expect(await all(video.framesAt([0, 1]))).toHaveLength(2)
  })

  test.each([true, false])(
    'limits.pixels: of the first frame an error, of a later one the end (isolated: %s)',
    async (isolated) => {
      await expect(open(await make(), { limits: { pixels: 64 * 47 }, isolated })).rejects.toMatchObject({
        code: 'video-limit',
        message: expect.stringMatching(/64 x 48.*limits\.pixels/),
      })
      const first = await readFile(await clip('first.ts', [...picture('64x48', 25, 0.4), ...x264]))
      const second = await readFile(
        await clip('second.ts', [...picture('96x64', 25, 0.4), ...x264, '-output_ts_offset', '0.4']),
      )
      await using video = await open(new Uint8Array(Buffer.concat([first, second])), {
        limits: { pixels: 64 * 48 },
        isolated,
      })
      const frames = await all(video.frames())
      expect(frames).toHaveLength(10)
      expect(frames.every(({ width }) => width === 64)).toBe(true)
      expect(codes(video)).toContain('limit-reached')
    },
  )

  test('a header that claims a picture of 100,000 x 100,000', async () => {
    const bytes = await readFile(await clip('huge.bmp', picture('64x48', 25, 0.04)))
    bytes.writeInt32LE(100_000, 18)
    bytes.writeInt32LE(100_000, 22)
    await expect(open(new Uint8Array(bytes))).rejects.toMatchObject({
      code: expect.stringMatching(/video-(limit|damaged)/),
    })
    const movie = await readFile(await make())
    const sample = movie.indexOf('avc1', movie.indexOf('stsd')) + 28 // the entry's width and height
    movie.writeUInt16BE(65_000, sample)
    movie.writeUInt16BE(65_000, sample + 2)
    await expect(open(new Uint8Array(movie))).rejects.toMatchObject({ code: 'video-limit' })
  })

  test('a file that ends too early gives what is there, and says so', async () => {
    const bytes = await readFile(await make())
    await using video = await open(new Uint8Array(bytes.subarray(0, bytes.length * 0.6)))
    const frames = await all(video.frames())
    expect(frames.length).toBeGreaterThan(10)
    expect(frames.length).toBeLessThan(45)
    expect(codes(video)).toEqual(expect.arrayContaining(['data-truncated', 'frames-missing']))
    expect(video.report.warnings.find(({ code }) => code === 'frames-missing')?.message).toContain(
      `${frames.length} frames of 50`,
    )
    const matroska = await readFile(await clip('limits.mkv', ['-i', await make(), '-c', 'copy']))
    await using other = await open(new Uint8Array(matroska.subarray(0, matroska.length * 0.3)))
    expect((await all(other.frames())).length).toBeGreaterThan(5)
    expect(codes(other)).toContain('data-truncated')
    const headless = await readFile(await clip('headless.mp4', [...picture('64x48', 25, 1), ...x264]))
    await expect(open(new Uint8Array(headless.subarray(0, headless.length * 0.6)))).rejects.toMatchObject({
      code: 'video-format',
      message: expect.stringContaining('moov atom not found'),
    })
  })

  test('damage amid a file is told with its count', async () => {
    const bytes = await readFile(await make())
    const data = bytes.indexOf('mdat') + 4
    for (let at = data + 4000; at < bytes.length; at += 97) bytes[at] = bytes[at]! ^ 0xff
    await using video = await open(new Uint8Array(bytes))
    await all(video.frames())
    expect(video.report.warnings.find(({ code }) => code === 'data-damaged')?.message).toMatch(/^\d+ packets or frames/)
  })

  test('damage that FFmpeg passes over, only complaining, is told; not of one file what is wrong with another', async () => {
    const bytes = await readFile(await clip('limits.ogv', [...picture('64x48', 25, 2), ...noise, '-c:v', 'libtheora']))
    const sound = new Uint8Array(bytes)
    const damaged = new Uint8Array(bytes)
    damaged[damaged.length >> 1]! ^= 1
    await using video = await open(damaged)
    expect((await all(video.frames())).length).toBeLessThan(50)
    expect(video.report.warnings).toContainEqual({ code: 'data-damaged', message: expect.stringContaining('CRC') })
    await using beside = await open(sound)
    await Promise.all([all(beside.frames()), all(video.frames())])
    expect(beside.report).toEqual({ framesDecoded: 50, warnings: [] })
  })

  test('a rate so high that all frames have one time leaves the first frame, and says so', async () => {
    const bytes = await readFile(await clip('limits.avi', [...picture('64x48', 25, 1), '-c:v', 'mpeg4']))
    const stream = bytes.indexOf('strh') + 8
    bytes.writeUInt32LE(1, stream + 20) // scale
    bytes.writeUInt32LE(0x7fffffff, stream + 24) // rate
    await using video = await open(new Uint8Array(bytes))
    expect(await all(video.frames())).toHaveLength(1)
    expect(await all(video.framesAt([0]))).toHaveLength(1)
    expect(codes(video)).toEqual(['time-disorder'])
  })

  test('a file of which nothing can be decoded is an error', async () => {
    const bytes = await readFile(await make())
    bytes.fill(0x55, bytes.indexOf('mdat') + 4)
    for (const isolated of [true, false]) {
      await expect(open(new Uint8Array(bytes), { isolated })).rejects.toMatchObject({ code: 'video-damaged' })
    }
  })
})

describe.skipIf(ffmpegMissing)(`iterations (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  test('a part, thinned out', async () => {
    await using video = await open(await make())
    const times = async (options: Parameters<Video['frames']>[0]) =>
      (await all(video.frames(options))).map(({ seconds }) => seconds)
    expect(await times({ to: 0.12 })).toEqual([0, 0.04, 0.08])
    expect(await times({ from: 1.9 })).toEqual([1.88, 1.92, 1.96])
    expect(await times({ from: 0.05, to: 0.5, rate: 10 })).toEqual([0.04, 0.16, 0.24, 0.36, 0.44])
    expect(await times({ from: 2.5 })).toEqual([])
    expect(await times({ from: 1, to: 1 })).toEqual([])
    expect(await times({ rate: 1000 })).toHaveLength(50)
    expect(await times({ rate: 0.1 })).toEqual([0])
  })

  test('numbers of frames count those that are not given; after a seek they are not known', async () => {
    await using video = await open(await make())
    const indices = async (options: Parameters<Video['frames']>[0]) =>
      (await all(video.frames(options))).map(({ index }) => index)
    expect(await indices({ rate: 5 })).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45])
    const [found] = await all(video.framesAt([1]))
    expect([25, undefined]).toContain(found!.index)
  })

  test('times: each its frame, none after the end', async () => {
    await using video = await open(await make())
    const given = await all(video.framesAt([0, 0, 0.01, 0.5, 0.5, 1.99, 2, 3]))
    expect(given.map(({ seconds }) => seconds)).toEqual([0, 0, 0, 0.48, 0.48, 1.96])
    given[0]!.data.fill(0) // the receiver's own
    expect(given[1]!.data).toEqual(given[2]!.data)
    expect(given[1]!.data).not.toEqual(given[0]!.data)
  })

  test('another one ends the one before', async () => {
    for (const isolated of [true, false]) {
      await using video = await open(await make(), { isolated })
      const before = video.frames()
      await before.next()
      expect(await all(video.framesAt([1]))).toHaveLength(1)
      expect(await before.next()).toEqual({ done: true, value: undefined })
      expect(await all(video.frames())).toHaveLength(50)
    }
  })

  test('options without meaning are errors', async () => {
    await using video = await open(await make())
    const invalid = { code: 'option-invalid' }
    await expect(all(video.frames({ from: -1 }))).rejects.toMatchObject(invalid)
    await expect(all(video.frames({ rate: 0 }))).rejects.toMatchObject(invalid)
    await expect(all(video.frames({ form: 1 } as object))).rejects.toMatchObject({
      ...invalid,
      message: expect.stringContaining('from'),
    })
    await expect(all(video.framesAt([2, 1]))).rejects.toMatchObject(invalid)
    await expect(all(video.framesAt([Number.NaN]))).rejects.toMatchObject(invalid)
    await expect(all(video.framesAt([-1]))).rejects.toMatchObject(invalid)
    await expect(async () => openVideo(await make(), { isolate: true } as object)).rejects.toMatchObject(invalid)
  })
})
