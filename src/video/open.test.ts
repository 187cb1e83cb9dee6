import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { clip, clipFolder, decodedByFfmpeg, ffmpegMissing, picture, timesByFfprobe } from '../../test/clips.ts'
import { type Frame, frameBytes } from './frame.ts'
import { openVideo } from './open.ts'
import type { OpenOptions } from './options.ts'
import { type PlaneFormat, type PlaneLayout, toI420 } from './planes.ts'
import type { FramesOptions, Video, VideoSource } from './video.ts'

const opened: Video[] = []
afterEach(async () => {
  for (const video of opened.splice(0)) await video[Symbol.asyncDispose]()
})

/** In this process, as most of these tests ask for many videos; that the other way gives the same is tested too. */
async function open(source: VideoSource, options: OpenOptions = { isolated: false }): Promise<Video> {
  const video = await openVideo(source, options)
  opened.push(video)
  return video
}

async function all(video: Video, options: FramesOptions = {}): Promise<Frame[]> {
  const frames: Frame[] = []
  for await (const frame of video.frames(options)) frames.push(frame)
  return frames
}

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const small = picture('64x48', 25, 1)

/** Clips of which every FFmpeg decodes the same bytes: codec, container, arguments. */
const exact: [name: string, codec: string, container: string, ffmpegArguments: string[]][] = [
  ['h264.mp4', 'h264', 'mp4', ['-c:v', 'libx264', '-bf', '3', '-pix_fmt', 'yuv420p']],
  ['h264.mkv', 'h264', 'matroska', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
  ['h264.ts', 'h264', 'mpegts', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
  ['h264.avi', 'h264', 'avi', ['-c:v', 'libx264', '-bf', '0', '-pix_fmt', 'yuv420p']],
  ['h264.h264', 'h264', 'h264', ['-c:v', 'libx264', '-bf', '0', '-pix_fmt', 'yuv420p']],
  ['hevc.mp4', 'hevc', 'mp4', ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-pix_fmt', 'yuv420p']],
  ['vp8.webm', 'vp8', 'matroska', ['-c:v', 'libvpx', '-pix_fmt', 'yuv420p']],
  ['vp9.webm', 'vp9', 'matroska', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-pix_fmt', 'yuv420p']],
  ['av1.mp4', 'av1', 'mp4', ['-c:v', 'libaom-av1', '-cpu-used', '8', '-pix_fmt', 'yuv420p']],
  ['mpeg2.mpg', 'mpeg2video', 'mpeg', ['-c:v', 'mpeg2video', '-bf', '2', '-pix_fmt', 'yuv420p']],
  ['theora.ogv', 'theora', 'ogg', ['-vf', 'noise=alls=8:allf=t', '-c:v', 'libtheora', '-pix_fmt', 'yuv420p']],
  ['flv.flv', 'flv1', 'flv', ['-c:v', 'flv1', '-pix_fmt', 'yuv420p']],
  ['raw.y4m', 'rawvideo', 'y4m', ['-pix_fmt', 'yuv420p']],
]

/** The others: their decoders round as the processor at hand does it fastest. */
const counted: typeof exact = [
  ['mpeg4.avi', 'mpeg4', 'avi', ['-c:v', 'mpeg4', '-bf', '2']],
  ['mpeg4.mov', 'mpeg4', 'mov', ['-c:v', 'mpeg4']],
  ['wmv.wmv', 'wmv2', 'asf', ['-c:v', 'wmv2']],
  ['mjpeg.avi', 'mjpeg', 'avi', ['-c:v', 'mjpeg']],
  ['prores.mov', 'prores', 'mov', ['-c:v', 'prores_ks']],
  ['gif.gif', 'gif', 'gif', []],
  ['apng.apng', 'apng', 'apng', []],
  ['webp.webp', 'webp_anim', 'webp', ['-c:v', 'libwebp', '-loop', '0']],
]

describe.skipIf(ffmpegMissing)(`videos (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  test.each(exact)('%s: the planes are those that ffmpeg decodes', async (name, codec, container, ffmpegArguments) => {
    const path = await clip(name, [...small, ...ffmpegArguments])
    const video = await open(path)
    expect(video.info).toMatchObject({ codec, container, width: 64, height: 48, frameRate: 25 })
    const frames = await all(video)
    const expected = await decodedByFfmpeg(path, 'yuv420p')
    expect(Buffer.concat(frames.map(({ data }) => data)).equals(expected)).toBe(true)
    expect(video.report).toEqual({ framesDecoded: 25, warnings: [] })
  })

  test.each([...exact, ...counted])(
    '%s: as many frames as were made, each at its time',
    async (name, codec, container, args) => {
      const path = await clip(name, [...small, ...args])
      const video = await open(path)
      expect(video.info).toMatchObject({ codec, container })
      const frames = await all(video)
      expect(frames.map(({ index }) => index)).toEqual(Array.from({ length: 25 }, (_, i) => i))
      expect(frames.map(({ seconds }) => seconds)).toEqual(
        Array.from({ length: 25 }, (_, i) => Math.round(i * 4e4) / 1e6),
      )
      expect(video.report.warnings).toEqual([])
      if (video.info.durationSeconds !== undefined) expect(Math.abs(video.info.durationSeconds - 1)).toBeLessThan(0.1)
      if (video.info.framesClaimed?.exact) expect(video.info.framesClaimed.count).toBe(25)
    },
  )

  test('a process of its own gives the same', async () => {
    const path = await clip('odd.webm', [...picture('63x47', 25, 1), '-c:v', 'libvpx-vp9', '-deadline', 'realtime'])
    const [here, there] = [await open(path), await open(path, {})]
    expect(there.info).toEqual(here.info)
    expect(await all(there)).toEqual(await all(here))
    expect(there.report).toEqual(here.report)
    expect(await all(there, { from: 0.3, to: 0.7, rate: 10 })).toEqual(
      await all(here, { from: 0.3, to: 0.7, rate: 10 }),
    )
  })

  const kinds: [
    pixelFormat: string,
    codec: string,
    format: PlaneFormat,
    bits: PlaneLayout['bits'],
    planes: number[][],
  ][] = [
    [
      'yuv420p10le',
      'ffv1',
      'i420',
      10,
      [
        [1, 1],
        [2, 2],
        [2, 2],
      ],
    ],
    [
      'yuv422p',
      'ffv1',
      'i422',
      8,
      [
        [1, 1],
        [2, 1],
        [2, 1],
      ],
    ],
    [
      'yuv422p10le',
      'prores_ks',
      'i422',
      10,
      [
        [1, 1],
        [2, 1],
        [2, 1],
      ],
    ],
    [
      'yuv444p',
      'libx264',
      'i444',
      8,
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'yuv440p',
      'ffv1',
      'i440',
      8,
      [
        [1, 1],
        [1, 2],
        [1, 2],
      ],
    ],
    ['gray', 'ffv1', 'grey', 8, [[1, 1]]],
    [
      'gbrp',
      'libx264rgb',
      'gbr',
      8,
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    ['bgra', 'png', 'bgra', 8, [[1, 1]]],
  ]
  test.each(kinds)('%s (%s) becomes I420 as toI420 says', async (pixelFormat, codec, format, bits, sizes) => {
    const [width, height] = [66, 50]
    const stored = pixelFormat === 'bgra' ? 'rgba' : pixelFormat
    const path = await clip(`${pixelFormat}.mov`, [
      ...picture('66x50', 5, 0.4),
      '-c:v',
      codec,
      '-pix_fmt',
      stored,
      '-qp',
      '0',
      '-strict',
      '-2',
    ])
    const video = await open(path)
    const frames = await all(video)
    const raw = await decodedByFfmpeg(path, pixelFormat)
    const sample = (bits > 8 ? 2 : 1) * (pixelFormat === 'bgra' ? 4 : 1)
    let at = 0
    for (const frame of frames) {
      const planes = sizes.map(([x, y]) => {
        const stride = Math.ceil(width / x!) * sample
        const data = raw.subarray(at, at + stride * Math.ceil(height / y!))
        at += data.length
        return { data, stride }
      })
      const expected = toI420({ format, bits, planes }, width, height, frame.colour.chroma)
      expect(Buffer.from(frame.data).equals(expected)).toBe(true)
    }
    expect(at).toBe(raw.length)
    expect(frames).toHaveLength(2)
  })

  test('pixels by numbers of colours and packed ones are unpacked', async () => {
    for (const pixelFormat of ['pal8', 'rgb555le']) {
      const codec = pixelFormat === 'pal8' ? 'png' : 'rawvideo'
      const path = await clip(`${pixelFormat}.avi`, [
        ...picture('64x48', 5, 0.2),
        '-c:v',
        codec,
        '-pix_fmt',
        pixelFormat,
      ])
      const video = await open(path)
      expect(video.info.pixelFormat).toBe(pixelFormat)
      const [frame] = await all(video)
      const planes = [{ data: await decodedByFfmpeg(path, 'rgb24'), stride: 64 * 3 }]
      expect(frame!.data).toEqual(toI420({ format: 'rgb', bits: 8, planes }, 64, 48))
      expect(frame!.colour).toEqual({ matrix: 'bt601', range: 'full', chroma: 'centre' })
    }
  })

  test.each([
    ['63x47', 'yuv420p'],
    ['1x1', 'yuv420p'],
    ['61x2', 'yuv422p'],
  ])('odd sizes: %s %s', async (size, pixelFormat) => {
    const path = await clip(`odd-${size}.mkv`, [
      ...picture('64x48', 5, 0.4),
      '-vf',
      `crop=${size.replace('x', ':')}:exact=1`,
      '-c:v',
      'ffv1',
      '-pix_fmt',
      pixelFormat,
    ])
    const [width, height] = size.split('x').map(Number) as [number, number]
    const video = await open(path)
    expect(video.info).toMatchObject({ width, height })
    for (const { data } of await all(video)) expect(data).toHaveLength(frameBytes(width, height))
  })

  test('colour tags are told, and assumed where there are none', async () => {
    const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'pc']
    const tagged = await open(await clip('tagged.mp4', [...small, ...x264, ...tags]))
    expect(tagged.info.colour).toEqual({ matrix: 'bt709', range: 'full', chroma: 'left' })
    expect(tagged.info.colourTagged).toEqual({ matrix: true, range: true })
    const untagged = await open(await clip('untagged.mp4', [...small, ...x264]))
    expect(untagged.info.colour).toEqual({ matrix: 'bt601', range: 'limited', chroma: 'left' })
    expect(untagged.info.colourTagged).toEqual({ matrix: false, range: false })
    const wide = await open(await clip('wide.mp4', [...picture('1280x720', 5, 0.2), ...x264]))
    expect(wide.info.colour.matrix).toBe('bt709')
    const jpeg = await open(await clip('mjpeg.avi', [...small, '-c:v', 'mjpeg']))
    expect(jpeg.info.colour).toEqual({ matrix: 'bt601', range: 'full', chroma: 'centre' })
  })

  test('pixels that are not square', async () => {
    const video = await open(await clip('wide-pixels.mp4', [...small, '-vf', 'setsar=4/3', ...x264]))
    expect(video.info.pixelAspect).toBeCloseTo(4 / 3, 9)
    const absurd = await open(await clip('absurd-pixels.mkv', [...small, '-vf', 'setsar=1/300', ...x264]))
    expect(absurd.info.pixelAspect).toBe(1)
  })

  test.each([
    [[1, 0, 0, 1], { rotation: 0, flip: false }],
    [[0, 1, -1, 0], { rotation: 90, flip: false }],
    [[-1, 0, 0, -1], { rotation: 180, flip: false }],
    [[0, -1, 1, 0], { rotation: 270, flip: false }],
    [[-1, 0, 0, 1], { rotation: 0, flip: true }],
    [[1, 0, 0, -1], { rotation: 180, flip: true }],
  ])('the display matrix %j', async (matrix, orientation) => {
    const bytes = await readFile(
      await clip('h264.mp4', [...small, '-c:v', 'libx264', '-bf', '3', '-pix_fmt', 'yuv420p']),
    )
    const header = bytes.indexOf('tkhd') + 4 + 40 // after version, times, number, duration, layer, volume
    const [a, b, c, d] = matrix
    for (const [place, value] of [
      [0, a],
      [4, b],
      [12, c],
      [16, d],
    ] as const)
      bytes.writeInt32BE(value! * 2 ** 16, header + place)
    const video = await open(new Uint8Array(bytes))
    expect(video.info).toMatchObject(orientation)
    expect((await all(video))[3]).toMatchObject({ ...orientation, width: 64, height: 48 })
  })

  test('times count from the first frame, wherever the file begins', async () => {
    const late = await clip('late.ts', [...small, ...x264, '-output_ts_offset', '7'])
    expect((await all(await open(late))).map(({ seconds }) => seconds)).toEqual(
      Array.from({ length: 25 }, (_, i) => Math.round(i * 4e4) / 1e6),
    )
    const whole = await clip('keys.mp4', [...picture('64x48', 25, 2), ...x264, '-g', '10'])
    const cut = await clip('cut.mp4', ['-ss', '0.9', '-i', whole, '-c', 'copy'])
    const video = await open(cut)
    const times = (await all(video)).map(({ seconds }) => seconds)
    expect(times).toEqual(timesByFfprobe(cut).map((time) => Math.round(time * 1e6) / 1e6))
    expect(times[0]).toBe(0)
    expect(video.info.framesClaimed).toEqual({ count: times.length, exact: true }) // without what is cut off
    expect(video.report.warnings).toEqual([])
  })

  test('frames of changing length keep their times', async () => {
    const thinned = ['-vf', "select='not(mod(n,3))+not(mod(n,7))'", '-fps_mode', 'vfr']
    for (const name of ['vfr.mp4', 'vfr.mkv']) {
      const path = await clip(name, [...picture('64x48', 25, 2), ...thinned, '-c:v', 'libx264', '-bf', '2'])
      const video = await open(path)
      const times = (await all(video)).map(({ seconds }) => seconds)
      expect(times).toEqual(timesByFfprobe(path).map((time) => Math.round(time * 1e6) / 1e6))
      expect(new Set(times.map((time, i) => Math.round((time - (times[i - 1] ?? 0)) * 1e3))).size).toBeGreaterThan(2)
      expect(video.report.warnings).toEqual([])
    }
  })

  test('a single frame', async () => {
    const video = await open(await clip('single.mp4', [...picture('64x48', 25, 0.04), ...x264]))
    expect((await all(video)).map(({ seconds, index }) => [seconds, index])).toEqual([[0, 0]])
    expect(video.info.framesClaimed).toEqual({ count: 1, exact: true })
  })

  test('frames may change their size', async () => {
    const folder = clipFolder()
    const parts = []
    for (const size of ['64x48', '96x32'])
      parts.push(await readFile(await clip(`${size}.ts`, [...picture(size, 25, 0.4), ...x264])))
    const path = join(folder, 'sizes.ts')
    // A transport stream may go on with another one; its times begin anew, so it is given later ones.
    const later = await clip('later.ts', [...picture('96x32', 25, 0.4), ...x264, '-output_ts_offset', '0.4'])
    await writeFile(path, Buffer.concat([parts[0]!, await readFile(later)]))
    const frames = await all(await open(path))
    const sizes = frames.map(({ width, height }) => `${width}x${height}`)
    expect(new Set(sizes)).toEqual(new Set(['64x48', '96x32']))
    for (const { width, height, data } of frames) expect(data).toHaveLength(frameBytes(width, height))
  })
})
