import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clip, ffmpegMissing } from '../../test/clips.ts'
import { unmask } from '../../test/command-line.ts'
import { sharedFile } from '../../test/shared.ts'
import { openVideo } from '../video/open.ts'

const stills = sharedFile('data/train/stills/london')
const talking = sharedFile('data/train/videos/liveportrait/d1.mp4')
const skipped = talking ? '' : ' (skipped: needs ../shared/data)'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-forge-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.skipIf(!talking)(`unmask forge${skipped}`, () => {
  test('writes pairs and what they were made of, the same for the same seed', async () => {
    const options = ['--count', '3', '--size', '64', '--frames', '2', '--kind', 'swap', '--seed', '4']
    for (const name of ['one', 'other']) {
      const { status, stderr } = await unmask(folder, 'forge', stills!, '--out', name, ...options)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    }
    const files = (await readdir(join(folder, 'one'))).toSorted()
    const parts = ['fake.png', 'mask.png', 'real.png']
    expect(files).toEqual(['forge.json', ...[1, 2, 3].flatMap((i) => parts.map((part) => `pair-000${i}-${part}`))])
    for (const file of files) {
      expect(await readFile(join(folder, 'one', file))).toEqual(await readFile(join(folder, 'other', file)))
    }
    const json = JSON.parse(await readFile(join(folder, 'one/forge.json'), 'utf8'))
    expect(json.pairs.map(({ kind }: { kind: string }) => kind)).toEqual(['swap', 'swap', 'swap'])
    const again = await unmask(folder, 'forge', stills!, '--out', 'one', ...options)
    expect(again.status).toBe(73)
  })

  test.skipIf(ffmpegMissing)('writes the forged twin of a whole video beside the real one', async () => {
    const short = await clip('talk.mp4', ['-i', talking!, '-vf', 'scale=200:-2', '-frames:v', '9'])
    const { status, stderr } = await unmask(
      folder,
      'forge',
      short,
      '--out',
      'twin',
      '--count',
      '1',
      '--video',
      '--frames',
      '3',
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const counts = []
    for (const part of ['real', 'forged', 'mask']) {
      await using video = await openVideo(join(folder, 'twin', `talk-${part}.mp4`), { isolated: false })
      let frames = 0
      for await (const { width } of video.frames()) {
        expect(width).toBe(200)
        frames++
      }
      counts.push(frames)
    }
    expect(counts).toEqual([9, 9, 9])
    const json = JSON.parse(await readFile(join(folder, 'twin/forge.json'), 'utf8'))
    expect(json.twins).toMatchObject([{ frames: 9, forged: 9, parameters: { kind: 'self', surroundings: false } }])
  })
})

describe('faults', () => {
  test.skipIf(ffmpegMissing)('no face anywhere', async () => {
    const empty = await clip('grey.mp4', ['-f', 'lavfi', '-i', 'color=gray:s=160x120:d=0.2'])
    const { status, stderr } = await unmask(folder, 'forge', empty, '--out', 'none')
    expect(status).toBe(65)
    expect(stderr).toContain('no face was found in grey.mp4')
    expect(await readdir(folder)).not.toContain('none')
  })

  test.each([
    [['nowhere.mp4', '--out', 'x'], 66, 'nowhere.mp4'],
    [['a.png', '--out', 'x', '--kind', 'magic'], 64, 'magic'],
    [['a.png', '--out', 'x', '--recipe', 'missing.yaml'], 66, 'missing.yaml'],
  ] as const)('unmask forge %j', async (options, expected, message) => {
    const { status, stderr } = await unmask(folder, 'forge', ...options)
    expect(status).toBe(expected)
    expect(stderr).toContain(message)
  })
})
