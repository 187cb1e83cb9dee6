import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../clips.ts'
import { type Look, look } from './look.ts'
import { chromiumMissing, openPage, type TestPage } from './open-page.ts'

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '3', '-pix_fmt', 'yuv420p']
const groups = [...picture('64x48', 25, 3), ...x264, '-g', '12']

const missing = chromiumMissing ?? ffmpegMissing
const skipped = missing === undefined ? '' : ` (skipped: ${missing})`

describe.skipIf(skipped !== '')(`openVideo in Chromium${skipped}`, () => {
  let page: TestPage
  beforeAll(async () => {
    page = await openPage()
  })
  afterAll(async () => {
    const { complaints } = page
    await page[Symbol.asyncDispose]()
    expect(complaints).toEqual([])
  })

  const file = async (name: string, ffmpegArguments: readonly string[]) =>
    new Uint8Array(await readFile(await clip(name, ffmpegArguments)))
  const withoutIndex = ({ frames }: Look) => frames.map(({ index: _, ...frame }) => frame)

  test.each(['groups.mp4', 'groups.mkv', 'groups.ts'])(
    '%s: frames at times are those of a whole pass',
    async (name) => {
      const bytes = await file(name, groups)
      const whole = await page.look({ bytes })
      const times = [0, 0.01, 0.5, 0.52, 0.53, 1.999999, 2, 2.01, 2.9, 2.96, 2.999, 3.1, 10]
      const shown = times.flatMap((time) => whole.frames.findLast(({ seconds }) => seconds <= time && time < 3) ?? [])
      const sought = await page.look({ bytes, times })
      expect(sought.error).toBeUndefined()
      expect(withoutIndex(sought)).toEqual(withoutIndex({ frames: shown }))
      expect(sought.frames.length).toBe(11)
      expect(withoutIndex(sought)).toEqual(withoutIndex(await look({ bytes, times })))
    },
  )

  test('a range, and fewer frames a second', async () => {
    const bytes = await file('groups.mp4', groups)
    const whole = await page.look({ bytes })
    const frames = { from: 1.015, to: 2.02, rate: 5 }
    const part = await page.look({ bytes, frames })
    const expected = [1, 1.2, 1.4, 1.6, 1.8, 2].map((time) => whole.frames.find(({ seconds }) => seconds === time)!)
    expect(withoutIndex(part)).toEqual(withoutIndex({ frames: expected }))
    expect(withoutIndex(part)).toEqual(withoutIndex(await look({ bytes, frames })))
  })

  test('bytes, a stream and decoding in the page give the same as a Blob', async () => {
    const bytes = await file('groups.mkv', groups)
    const blob = await page.look({ bytes })
    expect(blob.frames.length).toBe(75)
    for (const as of ['bytes', 'stream'] as const) expect(await page.look({ bytes, as })).toEqual(blob)
    expect(await page.look({ bytes, options: { isolated: false } })).toEqual(blob)
  })

  test.each([true, false])('a signal ends the frames (isolated: %s)', async (isolated) => {
    const bytes = await file('groups.mp4', groups)
    const { frames, error } = await page.look({ bytes, abortAfter: 3, options: { isolated } })
    expect(error).toEqual({ code: 'usage', message: 'aborted' })
    expect(frames.length).toBe(3)
  })

  test('limits', async () => {
    const bytes = await file('groups.mp4', groups)
    const few = await page.look({ bytes, options: { limits: { frames: 5 } } })
    expect(few.frames.length).toBe(5)
    expect(few.report?.warnings).toMatchObject([{ code: 'limit-reached' }])
    const large = await page.look({ bytes, options: { limits: { pixels: 64 * 48 - 1 } } })
    expect(large.error).toMatchObject({ code: 'video-limit', message: expect.stringContaining('64 x 48') })
    const long = await page.look({ bytes, as: 'stream', options: { limits: { streamBytes: bytes.length - 1 } } })
    expect(long.error).toMatchObject({ code: 'video-limit', message: expect.stringContaining('streamBytes') })
  })

  test('what cannot be read here is refused by name', async () => {
    const refused = async (name: string, ffmpegArguments: readonly string[]) =>
      (await page.look({ bytes: await file(name, ffmpegArguments) })).error
    const small = picture('64x48', 25, 0.2)
    const readable = { code: 'video-format', message: expect.stringMatching(/mp4, mov, webm, mkv and ts/) }
    expect(await refused('a.avi', [...small, '-c:v', 'mpeg4'])).toEqual(readable)
    expect(await refused('a.wmv', [...small, '-c:v', 'wmv2'])).toEqual(readable)
    expect(await refused('a.flv', [...small, '-c:v', 'flv1'])).toEqual(readable)
    expect(await refused('a.mpg', [...small, '-c:v', 'mpeg1video'])).toEqual(readable)
    const undecodable = (codec: string) => ({ code: 'video-codec', message: expect.stringContaining(codec) })
    expect(await refused('mpeg4.mp4', [...small, '-c:v', 'mpeg4'])).toEqual(undecodable('mp4v'))
    expect(await refused('prores.mov', [...small, '-c:v', 'prores_ks'])).toEqual(undecodable('prores'))
    const sound = ['-f', 'lavfi', '-i', 'sine=duration=0.2', '-c:a', 'aac']
    expect(await refused('sound.mp4', sound)).toMatchObject({ code: 'video-format' })
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('no video '.repeat(100))]) {
      expect((await page.look({ bytes })).error).toEqual(readable)
    }
  })

  test('a path is refused, as it is for Node', async () => {
    const { error } = await page.look({ bytes: new Uint8Array(), as: 'path' })
    expect(error).toMatchObject({
      code: 'option-invalid',
      message: expect.stringMatching(/cannot be opened in a browser/),
    })
  })

  test('HEVC as in Node, or said to have no decoder', async () => {
    const bytes = await file('hevc.mp4', [...groups.slice(0, 4), '-c:v', 'libx265', '-x265-params', 'log-level=none'])
    const there = await page.look({ bytes })
    if (there.error)
      expect(there.error).toMatchObject({ code: 'video-codec', message: expect.stringContaining('hevc') })
    else expect(there).toEqual(await look({ bytes }))
  })

  describe('pictures', () => {
    const still = [...picture('63x47', 25, 0.2), '-frames:v', '1']

    test.each([
      ['rgb.png', [...still, '-pix_fmt', 'rgb24']],
      ['alpha.png', [...still, '-pix_fmt', 'rgba']],
      ['palette.png', [...still, '-pix_fmt', 'pal8']],
      ['bitmap.bmp', still],
      ['lossless.webp', [...still, '-c:v', 'libwebp', '-lossless', '1']],
      ['lossy.webp', [...still, '-c:v', 'libwebp', '-pix_fmt', 'yuv420p']],
      ['moving.gif', picture('64x48', 25, 0.2)],
      ['moving.apng', picture('64x48', 25, 0.2)],
    ])('%s: the same frames as in Node', async (name, ffmpegArguments) => {
      const bytes = await file(name, ffmpegArguments)
      const [here, there] = [await look({ bytes }), await page.look({ bytes })]
      expect(there.frames).toEqual(here.frames)
      const { container, codec } = here.info!
      expect(there.info).toMatchObject({ container, codec })
    })

    test('JPEG: one frame, turned as its Exif says', async () => {
      const bytes = await file('still.jpg', [...still, '-pix_fmt', 'yuvj420p'])
      const { info, frames } = await page.look({ bytes: withExif(bytes, 6) })
      expect(info).toMatchObject({
        container: 'stills',
        codec: 'mjpeg',
        pixelFormat: 'yuvj420p',
        rotation: 90,
        flip: false,
      })
      expect(info?.colour).toEqual({ matrix: 'bt601', range: 'full', chroma: 'centre' })
      expect(frames.length).toBe(1)
    })
  })
})

/** A JPEG file with Exif data (TIFF, little endian) of nothing but the orientation. */
function withExif(jpeg: Uint8Array, orientation: number): Uint8Array<ArrayBuffer> {
  const tag = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
  const exif = [...Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'), 1, 0, ...tag, 0, 0, 0, 0]
  const marker = [0xff, 0xe1, 0, exif.length + 2]
  return Uint8Array.from([...jpeg.subarray(0, 2), ...marker, ...exif, ...jpeg.subarray(2)])
}
