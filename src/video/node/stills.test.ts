import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpegMissing } from '../../../test/clips.ts'
import { run } from '../../../test/command-line.ts'
import type { Frame } from '../frame.ts'
import { openVideo } from '../open.ts'
import type { OpenOptions } from '../options.ts'
import type { Video } from '../video.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-stills-'))
  await mkdir(join(folder, 'pictures'))
  await mkdir(join(folder, 'empty'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A picture of one grey, 8 to 248, told from others by its level. */
async function still(name: string, level: number, size = '32x16'): Promise<string> {
  const path = join(folder, name)
  const source = `color=c=0x${level.toString(16).padStart(2, '0').repeat(3)}:s=${size}`
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-frames:v', '1', path], folder)
  return path
}

async function frames(video: AsyncIterable<Frame>): Promise<Frame[]> {
  const all: Frame[] = []
  for await (const frame of video) all.push(frame)
  return all
}

/** FFmpeg makes the greys with a little rounding. */
const tens = (level: number) => Math.round(level / 10) * 10
const shown = (all: readonly Frame[]) =>
  all.map(({ seconds, index, width, data }) => ({ seconds, index, width, level: tens(data[0]!) }))
const open = (source: string, options: OpenOptions = {}) => openVideo(source, { isolated: false, ...options })

describe.skipIf(ffmpegMissing)(`stills (${ffmpegMissing ?? 'made by ffmpeg'})`, () => {
  beforeAll(async () => {
    await still('pictures/face 10.png', 100)
    await still('pictures/face 2.png', 20)
    await still('pictures/face 9.bmp', 90, '64x48')
    await writeFile(join(folder, 'pictures/notes.txt'), 'no picture')
    await writeFile(join(folder, 'pictures/.hidden.png'), 'no picture')
    await mkdir(join(folder, 'pictures/more.png'))
  })

  const inOrder = [
    { seconds: 0, index: 0, width: 32, level: 20 },
    { seconds: 0.5, index: 1, width: 64, level: 90 },
    { seconds: 1, index: 2, width: 32, level: 100 },
  ]

  test.each([true, false])('a folder is a video in natural order (isolated: %s)', async (isolated) => {
    await using video = await open(join(folder, 'pictures'), { isolated, stillsRate: 2 })
    expect(video.info).toMatchObject({
      container: 'stills',
      codec: 'png',
      width: 32,
      height: 16,
      frameRate: 2,
      durationSeconds: 1.5,
    })
    expect(video.info.framesClaimed).toEqual({ count: 3, exact: true })
    expect(shown(await frames(video.frames()))).toEqual(inOrder)
    expect(shown(await frames(video.frames({ from: 0.6, to: 1 })))).toEqual(inOrder.slice(1, 2))
    expect(shown(await frames(video.framesAt([0.1, 0.5, 0.7, 1.49, 1.5])))).toEqual([0, 1, 1, 2].map((i) => inOrder[i]))
    expect(video.report.warnings).toEqual([])
  })

  test('a glob', async () => {
    await using video = await open(join(folder, 'pictures/*.png'))
    // The folder whose name fits is none.
    expect(shown(await frames(video.frames())).map(({ level }) => level)).toEqual([20, 100])
    await expect(open(join(folder, '*.jpg'))).rejects.toMatchObject({ code: 'file-access' })
  })

  test('a picture that cannot be read is named, and leaves its place empty', async () => {
    await mkdir(join(folder, 'damaged'))
    await still('damaged/1.png', 10)
    await writeFile(join(folder, 'damaged/2.png'), 'no picture at all')
    await still('damaged/3.png', 30)
    await using video = await open(join(folder, 'damaged'), { stillsRate: 1 })
    expect(shown(await frames(video.frames())).map(({ seconds, level }) => [seconds, level])).toEqual([
      [0, 10],
      [2, 30],
    ])
    expect(video.report.warnings).toHaveLength(1)
    expect(video.report.warnings[0]).toMatchObject({ code: 'data-damaged', message: expect.stringContaining('2.png') })
    expect(shown(await frames(video.framesAt([1.5]))).map(({ level }) => level)).toEqual([10])
  })

  test('no picture is an error that says what was looked for', async () => {
    await expect(open(join(folder, 'empty'))).rejects.toMatchObject({
      code: 'video-format',
      message: expect.stringMatching(/jpg.*png/),
    })
    await mkdir(join(folder, 'all-damaged'))
    await writeFile(join(folder, 'all-damaged/1.jpg'), 'no picture')
    await expect(open(join(folder, 'all-damaged'))).rejects.toMatchObject({
      code: 'video-damaged',
      message: expect.stringContaining('1.jpg'),
    })
  })

  test.each(['jpg', 'png', 'bmp', 'tiff', 'webp', 'ppm'])('a single .%s is a video of one frame', async (extension) => {
    const video: Video = await open(await still(`single.${extension}`, 120))
    expect(video.info).toMatchObject({ container: 'stills', framesClaimed: { count: 1, exact: true } })
    const [frame, ...others] = await frames(video.frames())
    expect(others).toEqual([])
    const { black, white } = frame!.colour.range === 'full' ? { black: 0, white: 255 } : { black: 16, white: 235 }
    expect(Math.abs(frame!.data[0]! - (black + (120 / 255) * (white - black)))).toBeLessThan(2)
    await video[Symbol.asyncDispose]()
  })

  test('what is no picture leaves a gap, before the first picture too', async () => {
    const odd = join(folder, 'odd')
    await mkdir(odd)
    await run('mkfifo', ['1.jpg'], odd)
    await symlink('/dev/zero', join(odd, '2.jpg'))
    await symlink('nowhere', join(odd, '3.jpg'))
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=64x48:d=1', '-f', 'asf', '4.jpg'], odd)
    await still('odd/5.jpg', 120)
    await using video = await open(odd, { stillsRate: 2 })
    expect(shown(await frames(video.frames()))).toEqual([{ seconds: 2, index: 4, width: 32, level: 120 }])
    expect(shown(await frames(video.framesAt([0, 2.1, 3])))).toHaveLength(2)
    expect(video.report.warnings).toEqual([
      { code: 'data-damaged', message: expect.stringMatching(/^4 of 5 pictures.*1\.jpg.*2\.jpg.*3\.jpg.*4\.jpg/) },
    ])
  })

  test('what a camera attaches to a JPEG is no second frame; one picture after the other is a video', async () => {
    // So large that FFmpeg does not look as far as the second before it takes the file for a picture.
    const picture = await readFile(await still('first.jpg', 120, '1280x720'))
    const smaller = await readFile(await still('preview.jpg', 40, '16x16'))
    const second = await readFile(await still('second.jpg', 200, '1280x720'))
    expect(picture.length).toBeGreaterThan(4000)
    await using attached = await openVideo(new Uint8Array(Buffer.concat([picture, smaller])), { isolated: false })
    expect(attached.info.framesClaimed).toEqual({ count: 1, exact: true })
    expect(shown(await frames(attached.frames()))).toEqual([{ seconds: 0, index: 0, width: 1280, level: 120 }])
    expect(attached.report).toEqual({ framesDecoded: 1, warnings: [] })
    await using row = await openVideo(new Uint8Array(Buffer.concat([picture, second, picture])), { isolated: false })
    expect(row.info).toMatchObject({ frameRate: 25, durationSeconds: undefined, framesClaimed: undefined })
    expect(shown(await frames(row.frames())).map(({ seconds, level }) => [seconds, level])).toEqual([
      [0, 120],
      [0.04, 200],
      [0.08, 120],
    ])
    expect((await frames(row.framesAt([0, 0.05]))).map(({ seconds }) => seconds)).toEqual([0, 0.04])
  })

  test('the orientation that a camera notes in a JPEG', async () => {
    const path = await still('camera.jpg', 120)
    const jpeg = await readFile(path)
    for (const [value, orientation] of [
      [1, { rotation: 0, flip: false }],
      [2, { rotation: 0, flip: true }],
      [3, { rotation: 180, flip: false }],
      [6, { rotation: 90, flip: false }],
      [8, { rotation: 270, flip: false }],
    ] as const) {
      const turned = new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), exif(value), jpeg.subarray(2)]))
      await using video = await openVideo(turned, { isolated: false })
      expect(video.info).toMatchObject({ ...orientation, width: 32, height: 16 })
    }
  })
})

/** An APP1 segment with nothing but the orientation (Exif 2.32, 4.6.4 A). */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008' + '0001' + '01120003000000010000' + '0000' + '00000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
