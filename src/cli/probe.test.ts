import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { clip, clipFolder, ffmpegMissing, picture } from '../../test/clips.ts'
import { unmask } from '../../test/command-line.ts'
import { blankImage } from '../draw/image.ts'
import { encodeVideo } from '../video/node/writer/writer.ts'
import { videoJson } from './video-json.ts'

const folder = clipFolder()
const probe = (...options: string[]) => unmask(folder, 'probe', ...options)

describe.skipIf(ffmpegMissing)('clips (made with the ffmpeg program)', () => {
  beforeAll(async () => {
    const source = [...picture('96x64', '30000/1001', 4.004), '-pix_fmt', 'yuv420p']
    const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']
    await clip('wide.mp4', [...source, ...tags, '-vf', 'setsar=4/3'])
    const whole = await readFile(await clip('plain.mkv', source))
    await writeFile(join(folder, 'cut.mkv'), whole.subarray(0, Math.floor(0.6 * whole.length)))
  })

  test('in words', async () => {
    const { status, stdout, stderr } = await probe('wide.mp4')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const { length } = await readFile(join(folder, 'wide.mp4'))
    expect(stdout.replace(/ {2,}/g, ' ').split('\n')).toEqual([
      `file wide.mp4, ${length.toLocaleString('en')} bytes`,
      'container mp4',
      'codec h264, yuv420p',
      'size 96 x 64 stored, 128 x 64 shown',
      'pixels 1.3333 times as wide as high',
      'rate 29.97 frames/s',
      'duration 4.004 s',
      'frames 120 claimed',
      'colour bt709 (tagged), limited range (tagged), chroma left',
      '',
    ])
  })

  test('as JSON, with all frames decoded', async () => {
    const { status, stdout, stderr } = await probe('--frames', '--json', 'plain.mkv')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(videoJson.parse(JSON.parse(stdout))).toEqual({
      file: 'plain.mkv',
      container: 'matroska',
      codec: 'h264',
      pixelFormat: 'yuv420p',
      stored: { width: 96, height: 64 },
      shown: { width: 96, height: 64 },
      pixelAspect: 1,
      rotation: 0,
      flip: false,
      colour: { matrix: 'bt601', range: 'limited', chroma: 'left', tagged: { matrix: false, range: false } },
      frameRate: expect.closeTo(29.97, 2),
      durationSeconds: expect.closeTo(4.004, 2),
      framesClaimed: { count: 120, exact: false },
      bytes: (await readFile(join(folder, 'plain.mkv'))).length,
      decode: { framesDecoded: 120, framesClaimed: 120, warnings: [] },
    })
  })

  test('not decoded, it says nothing of decoding', async () => {
    expect(JSON.parse((await probe('--json', 'plain.mkv')).stdout)).toMatchObject({ decode: null })
  })

  test('a file that ends too early: what there is, with warnings', async () => {
    const { status, stdout } = await probe('--frames', 'cut.mkv')
    expect(status).toBe(0)
    const frames = Number(stdout.match(/(\d+) decoded of about 120 claimed/)?.[1])
    expect(frames).toBeGreaterThan(5)
    expect(frames).toBeLessThan(120)
    expect(stdout).toMatch(/^warning +\S/m)
    const { decode } = videoJson.parse(JSON.parse((await probe('--frames', '--json', 'cut.mkv')).stdout))
    expect(decode).toMatchObject({ framesDecoded: frames, framesClaimed: 120 })
    expect(decode!.warnings.map(({ code }) => code)).toContain('frames-missing')
  })

  test('from the standard input', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url))
    const child = spawn(process.execPath, [main, 'probe', '--frames', '--json', '-'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    createReadStream(join(folder, 'plain.mkv')).pipe(child.stdin)
    let text = ''
    for await (const part of child.stdout) text += part
    const video = videoJson.parse(JSON.parse(text))
    expect(video).toMatchObject({ file: '-', container: 'matroska', decode: { framesDecoded: 120 } })
  })
})

test('turned', async () => {
  const options = { width: 96, height: 64, frameRate: 25, rotation: 90 } as const
  const bytes = await encodeVideo('mp4', [{ picture: blankImage(96, 64), seconds: 0 }], options)
  await writeFile(join(folder, 'turned.mp4'), bytes)
  expect((await probe('turned.mp4')).stdout).toMatch(/96 x 64 stored, 64 x 96 shown \(turned 90 degrees clockwise\)/)
})

describe('what cannot be probed', () => {
  beforeAll(async () => {
    await writeFile(join(folder, 'text.mp4'), 'no video at all\n'.repeat(100))
    await writeFile(join(folder, 'empty.mp4'), '')
  })

  test.each([
    ['nothing named', [], 64, /missing required argument 'file'/],
    ['no such file', ['none.mp4'], 66, /none\.mp4: no such file/],
    ['an unknown option', ['--frame', 'text.mp4'], 64, /Did you mean --frames\?/],
    ['text called mp4', ['text.mp4'], 65, /text\.mp4: /],
    ['nothing called mp4', ['empty.mp4'], 65, /empty\.mp4: /],
  ])('%s', async (_, options, status, message) => {
    const outcome = await probe(...options)
    expect(outcome).toEqual({ status, stdout: '', stderr: expect.stringMatching(message) })
    expect(outcome.stderr).toMatch(/^unmask: .*\n(.*\n)?hint: .*\n$/)
  })
})
