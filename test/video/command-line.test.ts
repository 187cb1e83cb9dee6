import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { UnmaskError } from '../../src/errors.ts'
import { clip, clipFolder, ffmpegMissing, picture } from '../clips.ts'
import { unmask } from '../command-line.ts'
import { hugePictures } from './claims.ts'
import { judge } from './judge.ts'
import { type Bytes, seed } from './seeds.ts'

/** Damaged beyond reading, by name. */
const beyond: Readonly<Record<string, () => Promise<Bytes>>> = {
  'nothing.mp4': async () => new Uint8Array(),
  'zeros.avi': async () => new Uint8Array(100_000),
  'headless.mp4': async () => (await seed('h264.mp4')).bytes.slice(0, 3000),
  'hollow.mkv': async () => (await seed('h264.mkv')).bytes.fill(0x55, 700),
  'huge.mkv': async () => (await hugePictures()).find(({ name }) => name.startsWith('mkv'))!.bytes,
  'bits.ts': async () => (await seed('mpeg2.ts')).bytes.map((byte, at) => (at % 188 > 20 ? byte ^ 0x5a : byte)),
}

describe.skipIf(ffmpegMissing)(`damaged files given to commands (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  let folder: string
  let temporary: string
  beforeAll(async () => {
    folder = await mkdtemp(join(clipFolder(), 'commands-'))
    temporary = await mkdtemp(join(clipFolder(), 'temporary-'))
    vi.stubEnv('TMPDIR', temporary)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    expect(await readdir(temporary)).toEqual([])
  })

  test.each(Object.keys(beyond))('%s: the error of openVideo, and nothing is left', async (name) => {
    const path = join(folder, name)
    await writeFile(path, await beyond[name]!())
    const { code, message } = await judge(path, { isolated: false, limits: { pixels: 8192 * 8192 } })
    const { exitStatus, hint } = new UnmaskError(code as UnmaskError['code'], '')
    const before = await readdir(folder)
    const outputs = ['--out', `out/${name}`, '--overlay', 'overlay.mp4', '--sheet', 'sheet.png']
    for (const options of [
      ['probe', name, '--json'],
      ['faces', name, ...outputs],
    ]) {
      const { status, stdout, stderr } = await unmask(folder, ...options)
      expect({ status, stdout }).toEqual({ status: exitStatus, stdout: '' })
      expect(stderr).toContain(`hint: ${hint}`)
      expect(stderr).toContain(message!.replace(`${path}: `, '').slice(0, 30))
      expect(await readdir(folder)).toEqual(before)
    }
  })

  test('a part is shown, with what is wrong with it', async () => {
    const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-movflags', 'faststart']
    const path = await clip('part.mp4', [...picture('128x96', 25, 4), ...x264])
    const bytes = await readFile(path)
    await writeFile(join(folder, 'part.mp4'), bytes.subarray(0, bytes.length * 0.5))
    const probe = await unmask(folder, 'probe', 'part.mp4', '--frames', '--json')
    expect({ status: probe.status, stderr: probe.stderr }).toEqual({ status: 0, stderr: '' })
    const codes = (text: string) => {
      const { decode } = JSON.parse(text).video ?? JSON.parse(text)
      return decode.warnings.map(({ code }: { code: string }) => code)
    }
    expect(codes(probe.stdout)).toEqual(expect.arrayContaining(['data-truncated', 'frames-missing']))
    const faces = await unmask(folder, 'faces', 'part.mp4', '--out', 'part', '--json')
    expect(faces.status).toBe(0)
    expect(faces.stderr).toMatch(/unmask: warning: .*\d+ frames of 100/)
    expect(codes(faces.stdout)).toEqual(expect.arrayContaining(['data-truncated', 'frames-missing']))
    expect(await readdir(join(folder, 'part'))).toContain('faces.json')
  })
})
