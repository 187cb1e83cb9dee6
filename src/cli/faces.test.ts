import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startUnmask } from '../../test/command-line.ts'
import { sharedFile } from '../../test/shared.ts'
import { blankImage } from '../draw/image.ts'
import { fillRectangle } from '../draw/shapes.ts'
import { encodeVideo } from '../video/node/writer/writer.ts'
import { openVideo } from '../video/open.ts'
import { facesJson } from './faces/json.ts'

/** Videos to read, and an empty folder to write into, which is also where temporary files go. */
let videos: string
let folder: string

beforeAll(async () => {
  videos = await mkdtemp(join(tmpdir(), 'unmask-videos-'))
  folder = await mkdtemp(join(tmpdir(), 'unmask-faces-'))
  await writeFile(join(videos, 'short.mp4'), await faceless(20))
  await writeFile(join(videos, 'long.mp4'), await faceless(1500))
  await writeFile(join(videos, 'text.mp4'), 'no video at all\n'.repeat(100))
})
afterEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
})
afterAll(async () => {
  for (const path of [videos, folder]) await rm(path, { recursive: true })
})

/** A video of a bar that wanders, with odd and uneven times. */
function faceless(frames: number): Promise<Uint8Array> {
  const pictures = Array.from({ length: frames }, (_, i) => {
    const picture = blankImage(160, 120, [90, 120, 150])
    fillRectangle(picture, { x: i % 150, y: 0, width: 10, height: 120 }, [200, 30, 90])
    return { picture, seconds: i / 25 + (i % 2 === 0 ? 0 : 0.01) }
  })
  return encodeVideo('mp4', pictures, { width: 160, height: 120, frameRate: 25, effort: 'fast', rotation: 90 })
}

/** Starts `unmask faces`, with its temporary files in the folder. */
function start(options: readonly string[], input?: string) {
  return startUnmask(folder, ['faces', ...options], { env: { TMPDIR: folder }, ...(input && { input }) })
}

const faces = (...options: string[]) => start(options).ended
const left = async () => (await readdir(folder, { recursive: true })).sort()

async function framesOf(path: string) {
  await using video = await openVideo(path, { isolated: false })
  const times: number[] = []
  for await (const { seconds } of video.frames()) times.push(seconds)
  return { info: video.info, times }
}

describe('a video without faces', () => {
  test('all outputs, and a clear word', async () => {
    const file = join(videos, 'short.mp4')
    const { status, stdout, stderr } = await faces(
      file,
      '--out',
      'a/b',
      '--overlay',
      'o.mp4',
      '--sheet',
      's.png',
      '--json',
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: `unmask: no face found in ${file}\n` })
    expect(await left()).toEqual(['a', 'a/b', 'a/b/faces.json', 'o.mp4', 's.png'])
    expect(await readFile(join(folder, 'a/b/faces.json'), 'utf8')).toBe(stdout)
    const { video, tracks } = facesJson.parse(JSON.parse(stdout))
    expect(tracks).toEqual([])
    expect(video).toMatchObject({ file, rotation: 90, shown: { width: 120, height: 160 } })
    expect(video.decode).toEqual({ framesDecoded: 20, framesClaimed: 20, warnings: [] })
    const overlay = await framesOf(join(folder, 'o.mp4'))
    expect(overlay.info).toMatchObject({ width: 120, height: 160, rotation: 0 })
    expect(overlay.times).toEqual((await framesOf(file)).times)
  })

  test('from the standard input, read twice', async () => {
    const { status, stdout } = await start(
      ['-', '--out', 'out', '--overlay', 'out/o.webm', '--json'],
      join(videos, 'short.mp4'),
    ).ended
    expect(status).toBe(0)
    expect(facesJson.parse(JSON.parse(stdout))).toMatchObject({ video: { file: '-' }, tracks: [] })
    expect(await left()).toEqual(['out', 'out/faces.json', 'out/o.webm'])
    expect((await framesOf(join(folder, 'out/o.webm'))).times.length).toBe(20)
  })

  test('what exists is replaced only with --force, and only what is ours', async () => {
    const file = join(videos, 'short.mp4')
    await mkdir(join(folder, 'out/track-07'), { recursive: true })
    await writeFile(join(folder, 'out/track-07/000001.png'), 'old')
    await writeFile(join(folder, 'out/notes.txt'), 'mine')
    await writeFile(join(folder, 's.png'), 'old')
    const before = await left()
    const refused = {
      status: 73,
      stdout: '',
      stderr: expect.stringMatching(/^unmask: .*out\/track-07 exists already\n/),
    }
    expect(await faces(file, '--out', 'out')).toEqual(refused)
    expect(await faces(file, '--out', 'other', '--sheet', 's.png')).toMatchObject({ status: 73 })
    expect(await left()).toEqual(before)
    expect((await faces(file, '--out', 'out', '--sheet', 's.png', '--force')).status).toBe(0)
    expect(await left()).toEqual(['out', 'out/faces.json', 'out/notes.txt', 's.png'])
    expect(await readFile(join(folder, 'out/notes.txt'), 'utf8')).toBe('mine')
  })
})

describe('what cannot be done', () => {
  test.each([
    ['no folder', ['short.mp4'], 64, /required option '--out <folder>'/],
    ['no looks', ['short.mp4', '--out', 'x', '--rate', '0'], 64, /A number above 0/],
    ['tiny crops', ['short.mp4', '--out', 'x', '--size', '2'], 64, /at least 16/],
    ['an unknown device', ['short.mp4', '--out', 'x', '--device', 'gpu'], 64, /unknown device "gpu"/],
    ['no such video', ['none.mp4', '--out', 'x'], 66, /none\.mp4: no such file/],
    ['text', ['text.mp4', '--out', 'x/y'], 65, /text\.mp4: /],
    ['an overlay as .avi', ['short.mp4', '--out', 'x', '--overlay', 'x.avi'], 64, /x\.avi: cannot write \.avi/],
    ['a sheet as .gif', ['short.mp4', '--out', 'x', '--sheet', 'x.gif'], 64, /x\.gif: pictures are written as/],
    [
      'a sheet nowhere',
      ['short.mp4', '--out', 'x', '--sheet', 'none/x.png'],
      66,
      /none\/x\.png: no such file or folder/,
    ],
    ['over the video', ['short.mp4', '--out', 'x', '--overlay', 'short.mp4', '--force'], 64, /is the video itself/],
    ['a file as folder', ['short.mp4', '--out', 'text.mp4'], 66, /text\.mp4: is not a folder/],
  ])('%s', async (_, options, status, message) => {
    const named = options.map((option) => (/^(short|text)\.mp4$/.test(option) ? join(videos, option) : option))
    const outcome = await faces(...named)
    expect(outcome).toEqual({ status, stdout: '', stderr: expect.stringMatching(message) })
    expect(outcome.stderr).toMatch(/^unmask: .*\n(.*\n)?hint: .*\n$/)
    expect(await left()).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('Ctrl-C leaves nothing', () => {
  test.each([
    ['before faces are looked for', /^out\/.*\.tmp$/, undefined, 0],
    ['while faces are looked for', /^out\/.*\.tmp$/, undefined, 1500],
    ['while the overlay is written', /^\.o\.mp4.*\.tmp$/, undefined, 0],
    ['while a stream is read', /./, 'long.mp4', 0],
  ])('%s', async (_, sign, input, pause) => {
    const file = input === undefined ? join(videos, 'long.mp4') : '-'
    const options = [file, '--out', 'out', '--overlay', 'o.mp4', '--sheet', 's.jpg', '--rate', pause ? '25' : '1']
    const { child, ended } = start(options, input === undefined ? undefined : join(videos, input))
    while (!(await left()).some((name) => sign.test(name))) {
      if (child.exitCode !== null) throw new Error(`it ended before: ${JSON.stringify(await ended)}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await new Promise((resolve) => setTimeout(resolve, pause)) // the detector opens and is at work
    child.kill('SIGINT')
    expect(await ended).toEqual({ status: 130, stdout: '', stderr: '' })
    expect(await left()).toEqual([])
  })
})

const real = sharedFile('data/val/real/marlin/cropped05.mp4')
describe.skipIf(!real)('a talking face (needs ../shared/data)', () => {
  test('one track with crops, marked in every frame, on a sheet', async () => {
    const options = ['--out', 'out', '--overlay', 'o.mp4', '--sheet', 's.jpg', '--rate', '5', '--size', '96']
    const { status, stdout, stderr } = await faces(real!, ...options)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const { video, tracks } = facesJson.parse(JSON.parse(await readFile(join(folder, 'out/faces.json'), 'utf8')))
    expect(tracks.length).toBe(1)
    const { frames, quality } = tracks[0]!
    expect(stdout).toMatch(/^face .*\n#1 .*\nwrote out\/faces\.json and \d+ crops\nwrote o\.mp4\nwrote s\.jpg\n$/)
    expect(frames.length).toBe(quality.found)
    expect(quality.found).toBe(quality.looked)
    const crops = frames.map(({ index }) => `out/track-01/${`${index}`.padStart(6, '0')}.png`)
    expect(await left()).toEqual(['o.mp4', 'out', 'out/faces.json', 'out/track-01', ...crops, 's.jpg'])
    for (const path of crops) {
      expect((await framesOf(join(folder, path))).info).toMatchObject({ codec: 'png', width: 96, height: 96 })
    }
    const [original, overlay] = [await framesOf(real!), await framesOf(join(folder, 'o.mp4'))]
    expect(overlay.times).toEqual(original.times)
    expect(video.decode!.framesDecoded).toBe(original.times.length)
    const sheet = await framesOf(join(folder, 's.jpg'))
    expect(sheet.info.width).toBe(8 * 168 - 8 + 48)
    expect(sheet.info.height).toBeGreaterThan(250)
    expect(sheet.info.height).toBeLessThan(500)
    for (const { box, keypoints } of frames) {
      for (const [x, y] of Object.values(keypoints).slice(0, 4)) {
        expect(x).toBeGreaterThan(box.x)
        expect(x).toBeLessThan(box.x + box.width)
        expect(y).toBeGreaterThan(box.y)
        expect(y).toBeLessThan(box.y + box.height)
      }
    }
  })
})
