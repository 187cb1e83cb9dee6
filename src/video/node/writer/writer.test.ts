import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpegMissing } from '../../../../test/clips.ts'
import { run } from '../../../../test/command-line.ts'
import { type Colour, displaySize, type Frame } from '../../frame.ts'
import type { Image } from '../../image.ts'
import { openVideo } from '../../open.ts'
import { planesOfImage } from '../../planes-of-image.ts'
import { crop } from '../../sample/crop.ts'
import type { WriterOptions } from './options.ts'
import { encodeVideo, openVideoWriter } from './writer.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-writer-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A bright square that wanders over smooth colours. */
function picture(width: number, height: number, number: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = Math.abs(x - 20 - 2 * number) < 9 && Math.abs(y - height / 2) < 9
      data.set(inside ? [250, 240, 40] : [(255 * x) / width, (255 * y) / height, 128], 3 * (y * width + x))
    }
  }
  return { width, height, data }
}

const evenly = (count: number, rate: number) =>
  Array.from({ length: count }, (_, i) => Math.round((i * 1e6) / rate) / 1e6)

async function write(name: string, times: readonly number[], options: WriterOptions): Promise<Image[]> {
  const pictures = times.map((_, i) => picture(options.width, options.height, i))
  await using writer = await openVideoWriter(join(folder, name), options)
  for (const [i, seconds] of times.entries()) await writer.write(pictures[i]!, seconds)
  const { frames, bytes } = await writer.finish()
  expect(frames).toBe(times.length)
  expect(bytes).toBe((await readFile(join(folder, name))).length)
  return pictures
}

/** What ffprobe, another program, says of the stream and of its frames. */
async function probe(name: string) {
  const options = ['-v', 'error', '-show_streams', '-show_frames', '-of', 'json', name]
  const { stdout } = await run('ffprobe', options, folder)
  const { streams, frames } = JSON.parse(stdout)
  return { stream: streams[0], times: frames.map((frame: { pts_time: string }) => Number(frame.pts_time)) }
}

/** The pictures as ffmpeg decodes them. */
async function decode(name: string, filters = 'null'): Promise<Uint8Array> {
  await run(
    'ffmpeg',
    ['-v', 'error', '-y', '-i', name, '-vf', filters, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', 'out.rgb'],
    folder,
  )
  return readFile(join(folder, 'out.rgb'))
}

/** Peak signal-to-noise ratio in decibels. */
function likeness(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length)
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i]! - other[i]!) ** 2
  return 10 * Math.log10(255 ** 2 / (sum / one.length))
}

const join24 = (images: readonly Image[]) => Buffer.concat(images.map(({ data }) => data))
const bt709: Colour = { matrix: 'bt709', range: 'limited', chroma: 'left' }

function frameOf(image: Image): Frame {
  const { width, height } = image
  const orientation = { rotation: 0, flip: false, pixelAspect: 1 } as const
  const data = planesOfImage(image, bt709)
  return { width, height, ...orientation, colour: bt709, seconds: 0, index: 0, data }
}

describe.skipIf(ffmpegMissing)('what is written is read back by FFmpeg (needs the ffmpeg program)', () => {
  test.each([
    ['even.mp4', 160, 120],
    ['even.webm', 160, 120],
    ['odd.webm', 161, 119],
  ])('%s', async (name, width, height) => {
    const times = evenly(40, 25)
    const pictures = await write(name, times, { width, height, frameRate: 25 })
    const { stream, times: read } = await probe(name)
    expect(read).toEqual(times)
    expect(stream).toMatchObject({
      codec_name: name.endsWith('mp4') ? 'h264' : 'vp9',
      width,
      height,
      pix_fmt: 'yuv420p',
      color_range: 'tv',
      color_space: 'bt709',
      color_primaries: 'bt709',
      color_transfer: 'bt709',
      chroma_location: 'left',
    })
    expect(likeness(await decode(name), join24(pictures))).toBeGreaterThan(32)
  })

  test('an odd size as H.264 grows by a repeated column and row', async () => {
    const pictures = await write('odd.mp4', evenly(5, 25), { width: 161, height: 119, frameRate: 25 })
    const { stream } = await probe('odd.mp4')
    expect(stream).toMatchObject({ width: 162, height: 120 })
    expect(likeness(await decode('odd.mp4', 'crop=161:119:0:0:exact=1'), join24(pictures))).toBeGreaterThan(32)
    const edge = await decode('odd.mp4', 'crop=2:120:160:0')
    const columns = [0, 1].map((column) => Buffer.from(edge.filter((_, i) => Math.floor((i % 6) / 3) === column)))
    expect(likeness(columns[0]!, columns[1]!)).toBeGreaterThan(32)
  })

  test.each([
    ['uneven.mp4', 1e6],
    ['uneven.webm', 1e3],
  ])('uneven times: %s', async (name, ticks) => {
    const times = [0, 0.04, 0.041667, 0.5, 0.533333, 2.000001, 2.1]
    await write(name, times, { width: 64, height: 64, frameRate: 10 })
    expect((await probe(name)).times).toEqual(times.map((time) => Math.round(time * ticks) / ticks))
  })

  test.each([
    ['bt601', 'full', 'centre', { color_space: 'smpte170m', color_range: 'pc', chroma_location: 'center' }],
    ['bt2020', 'limited', 'top-left', { color_space: 'bt2020nc', color_range: 'tv', chroma_location: 'topleft' }],
  ] as const)('colour %s, %s, %s', async (matrix, range, chroma, tags) => {
    const colour: Colour = { matrix, range, chroma }
    const pictures = await write('tags.mp4', evenly(10, 25), { width: 160, height: 120, frameRate: 25, colour })
    expect((await probe('tags.mp4')).stream).toMatchObject(tags)
    const filters = `scale=in_color_matrix=${matrix === 'bt601' ? 'bt601' : 'bt2020'}:in_range=${range}`
    expect(likeness(await decode('tags.mp4', filters), join24(pictures))).toBeGreaterThan(32)
  })

  test.each([90, 180, 270] as const)('turned by %i degrees', async (rotation) => {
    const pictures = await write('turned.mp4', [0], { width: 160, height: 120, frameRate: 25, rotation, crf: 4 })
    const { width, height, data } = pictures[0]!
    const shown = rotation === 180 ? [width, height] : [height, width]
    const turned = new Uint8Array(data.length)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const to = { 90: [height - 1 - y, x], 180: [width - 1 - x, height - 1 - y], 270: [y, width - 1 - x] }[rotation]
        const from = 3 * (y * width + x)
        turned.set(data.subarray(from, from + 3), 3 * (to[1]! * shown[0]! + to[0]!))
      }
    }
    expect(likeness(await decode('turned.mp4'), turned)).toBeGreaterThan(32)
  })

  test('the planes of frames are taken as they are', async () => {
    const [width, height] = [96, 64]
    const frame = (number: number) => frameOf(picture(width, height, number))
    const timed = (one: (number: number) => Image | Frame) =>
      evenly(12, 25).map((seconds, i) => ({ picture: one(i), seconds }))
    const options = { width, height, frameRate: 25, crf: 0 }
    const lossless = await encodeVideo('mp4', timed(frame), options)
    await writeFile(join(folder, 'planes.mp4'), lossless)
    await run('ffmpeg', ['-v', 'error', '-y', '-i', 'planes.mp4', '-f', 'rawvideo', 'out.yuv'], folder)
    const planes = Buffer.concat(timed(frame).map(({ picture }) => picture.data))
    expect(Buffer.compare(await readFile(join(folder, 'out.yuv')), planes)).toBe(0)
    const fromImages = await encodeVideo(
      'mp4',
      timed((i) => picture(width, height, i)),
      options,
    )
    expect(Buffer.compare(fromImages, lossless)).toBe(0)
  })
})

describe('what is written is read back by us', () => {
  test.each([
    ['again.mp4', 160, 120, 0],
    ['again.webm', 161, 119, 0],
    ['again.mp4', 160, 120, 270],
  ] as const)('%s of %i x %i, turned by %i degrees', async (name, width, height, rotation) => {
    const times = [0, 0.04, 0.1, 0.141, 3]
    const pictures = await write(name, times, { width, height, frameRate: 25, rotation })
    await using video = await openVideo(join(folder, name))
    expect(video.info).toMatchObject({
      width,
      height,
      rotation,
      colour: bt709,
      framesClaimed: { count: expect.any(Number) },
    })
    expect(video.info.colourTagged).toEqual({ matrix: true, range: true })
    let number = 0
    for await (const frame of video.frames()) {
      expect(frame.seconds).toBe(times[number])
      const size = displaySize({ ...frame, rotation: 0 })
      const stored = crop({ ...frame, rotation: 0 }, { x: 0, y: 0, ...size }, size)
      expect(likeness(stored.data, pictures[number++]!.data)).toBeGreaterThan(32)
    }
    expect(number).toBe(times.length)
    expect(video.report).toEqual({ framesDecoded: times.length, warnings: [] })
  })
})

test('in memory: the same bytes each time, fewer of lower quality', async () => {
  const timed = evenly(20, 25).map((seconds, i) => ({ picture: picture(96, 96, i), seconds }))
  const sizes = []
  for (const format of ['mp4', 'webm'] as const) {
    for (const crf of [15, 45]) {
      const options = { width: 96, height: 96, frameRate: 25, crf }
      const bytes = await encodeVideo(format, timed, options)
      expect(Buffer.compare(await encodeVideo(format, timed, options), bytes)).toBe(0)
      sizes.push(bytes.length)
    }
  }
  expect(sizes[0]).toBeGreaterThan(1.3 * sizes[1]!)
  expect(sizes[2]).toBeGreaterThan(1.3 * sizes[3]!)
})

test('a picture may be drawn into again while it is encoded', async () => {
  const options = { width: 96, height: 64, frameRate: 25, threads: 1 }
  const times = evenly(8, 25)
  const kept = times.map((seconds, i) => ({ picture: picture(96, 64, i), seconds }))
  const one = { width: 96, height: 64, data: new Uint8Array(3 * 96 * 64) }
  await using writer = await openVideoWriter(join(folder, 'reused.mp4'), options)
  for (const { picture, seconds } of kept) {
    one.data.set(picture.data)
    const writing = writer.write(one, seconds)
    one.data.fill(0)
    await writing
  }
  await writer.finish()
  const bytes = await readFile(join(folder, 'reused.mp4'))
  expect(Buffer.compare(bytes, await encodeVideo('mp4', kept, options))).toBe(0)
})

describe('what cannot be written', () => {
  const options = { width: 64, height: 64, frameRate: 25 }
  const open = async (name: string, more: Partial<WriterOptions> = {}) => {
    await using _ = await openVideoWriter(join(folder, name), { ...options, ...more })
  }

  test.each([
    ['option-invalid', 'x.avi', {}, /x\.avi: cannot write \.avi/],
    ['option-invalid', 'x', {}, /cannot write without \.mp4/],
    ['file-access', 'none/x.mp4', {}, /none\/x\.mp4: no such file or folder/],
    ['option-invalid', 'x.mp4', { width: 1 }, /openVideoWriter: width: /],
    ['option-invalid', 'x.mp4', { crf: 52 }, /crf: at most 51 for mp4/],
    ['option-invalid', 'x.webm', { rotation: 90 }, /rotation: only in mp4/],
    ['option-invalid', 'x.mp4', { framerate: 3 }, /"framerate" \(did you mean "frameRate"\?\)/],
  ] as const)('%s: %s %j', async (code, name, more, message) => {
    await expect(open(name, more as object)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test.each([
    ['another size', { picture: picture(64, 62, 0), seconds: 1 }, /a frame is 64 x 62, not 64 x 64/],
    [
      'too few bytes',
      { picture: { ...picture(64, 64, 0), data: new Uint8Array(9) }, seconds: 1 },
      /9 bytes, not 12288/,
    ],
    ['not later', { picture: picture(64, 64, 0), seconds: 0.0000001 }, /does not come after/],
    ['at no time', { picture: picture(64, 64, 0), seconds: Number.NaN }, /does not come after/],
    [
      'another colour',
      { picture: { ...frameOf(picture(64, 64, 0)), colour: { ...bt709, range: 'full' } as const }, seconds: 1 },
      /full range.*, not .*limited range/,
    ],
  ])('%s', async (_, timed, message) => {
    const first = { picture: picture(64, 64, 0), seconds: 0 }
    const fault = { code: 'option-invalid', message: expect.stringMatching(message) }
    await expect(encodeVideo('mp4', [first, timed], options)).rejects.toMatchObject(fault)
  })

  test('no frames', async () => {
    await expect(encodeVideo('webm', [], options)).rejects.toMatchObject({ code: 'video-write' })
  })

  test('a folder of the name: the failure says so', async () => {
    await mkdir(join(folder, 'folder.mp4'))
    const write = async () => {
      await using writer = await openVideoWriter(join(folder, 'folder.mp4'), options)
      await writer.write(picture(64, 64, 0), 0)
      await writer.finish()
    }
    await expect(write()).rejects.toMatchObject({ code: 'file-access' })
  })

  // A limit of 20 blocks for any file of the process stands for the full disk.
  test.skipIf(process.platform !== 'linux')(
    'more than there is room for: the failure says so, nothing stays',
    async () => {
      const module = new URL('writer.ts', import.meta.url)
      const script = `
      import { openVideoWriter } from '${module}'
      await using writer = await openVideoWriter('full.mp4', { width: 512, height: 512, frameRate: 25, crf: 0, threads: 1 })
      const noise = () => crypto.getRandomValues(new Uint8Array(2 ** 16))
      const picture = () => Buffer.concat(Array.from({ length: 12 }, noise))
      for (let i = 0; i < 100; i++) await writer.write({ width: 512, height: 512, data: picture() }, i / 25)
      await writer.finish()
    `
      const limited = 'ulimit -f 20; exec "$0" --input-type=module -e "$1"'
      const before = await readdir(folder)
      const { status, stderr } = await run('bash', ['-c', limited, process.execPath, script], folder)
      expect(status).toBe(1)
      expect(stderr).toMatch(/code: 'file-access'/)
      expect(stderr).toMatch(/full\.mp4: EFBIG/)
      expect(await readdir(folder)).toEqual(before)
    },
  )

  test('given up half-way, there is neither file nor part; closed, it takes nothing', async () => {
    const before = await readdir(folder)
    const writer = await openVideoWriter(join(folder, 'half.mp4'), options)
    for (let i = 0; i < 80; i++) await writer.write(picture(64, 64, i), i / 25)
    expect(await readdir(folder)).not.toEqual(before)
    await writer[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual(before)
    await writer[Symbol.asyncDispose]()
    await expect(writer.write(picture(64, 64, 0), 9)).rejects.toMatchObject({ code: 'disposed' })
    await expect(writer.finish()).rejects.toMatchObject({ code: 'disposed' })
  })

  test('until it is finished, what was there stays', async () => {
    await writeFile(join(folder, 'old.mp4'), 'old')
    const writer = await openVideoWriter(join(folder, 'old.mp4'), options)
    await writer.write(picture(64, 64, 0), 0)
    expect(await readFile(join(folder, 'old.mp4'), 'utf8')).toBe('old')
    await writer.finish()
    expect(await readFile(join(folder, 'old.mp4'), 'utf8')).not.toBe('old')
  })
})
