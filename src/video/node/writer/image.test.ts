import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpegMissing } from '../../../../test/clips.ts'
import { run } from '../../../../test/command-line.ts'
import { Random } from '../../../tensor/random.ts'
import type { Image } from '../../image.ts'
import { encodeImage, writeImage } from './image.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-image-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Smooth colours of all kinds. */
function picture(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = (step: number) => 127.5 + 127.5 * Math.sin((x + step * y) / (7 + step))
      data.set([wave(0), wave(3), wave(9)], 3 * (y * width + x))
    }
  }
  return { width, height, data }
}

async function decode(name: string): Promise<Uint8Array> {
  await run('ffmpeg', ['-v', 'error', '-y', '-i', name, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'out.rgb'], folder)
  return readFile(join(folder, 'out.rgb'))
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length)
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / one.length
}

const sizes = [
  [64, 48],
  [63, 47],
  [1, 1],
  [300, 2],
] as const

describe.skipIf(ffmpegMissing)('what is written is read back by FFmpeg (needs the ffmpeg program)', () => {
  test.each(sizes)('PNG of %i x %i is read back exactly', async (width, height) => {
    const noise = new Random(1)
    const data = Uint8Array.from({ length: 3 * width * height }, () => noise.integer(256))
    await writeImage(join(folder, 'noise.png'), { width, height, data })
    expect(Buffer.compare(await decode('noise.png'), data)).toBe(0)
  })

  test.each(sizes)('JPEG of %i x %i has the colours', async (width, height) => {
    const image = picture(width, height)
    await writeImage(join(folder, 'smooth.jpg'), image, 98)
    expect(meanDifference(await decode('smooth.jpg'), image.data)).toBeLessThan(1.5)
  })

  test('JPEG: the higher the quality, the larger and nearer', async () => {
    const image = picture(96, 96)
    const seen = []
    for (const quality of [26, 50, 75, 90, 100]) {
      await writeImage(join(folder, 'quality.jpeg'), image, quality)
      const { length } = await readFile(join(folder, 'quality.jpeg'))
      seen.push({ length, difference: meanDifference(await decode('quality.jpeg'), image.data) })
    }
    for (const [i, { length, difference }] of seen.entries()) {
      if (i === 0) continue
      expect(length).toBeGreaterThan(seen[i - 1]!.length)
      expect(difference).toBeLessThan(seen[i - 1]!.difference)
    }
  })
})

test('the same bytes each time', async () => {
  for (const format of ['png', 'jpeg'] as const) {
    const image = picture(80, 60)
    expect(Buffer.compare(await encodeImage(image, format), await encodeImage(image, format))).toBe(0)
  }
})

describe('what cannot be written', () => {
  test.each([
    ['x.gif', 90, 'option-invalid'],
    ['x', 90, 'option-invalid'],
    ['x.jpg', 0, 'option-invalid'],
    ['x.jpg', 101, 'option-invalid'],
    ['none/x.jpg', 90, 'file-access'],
  ])('%s of quality %i: %s', async (name, quality, code) => {
    const before = await readdir(folder)
    await expect(writeImage(join(folder, name), picture(8, 8), quality)).rejects.toMatchObject({ code })
    expect(await readdir(folder)).toEqual(before)
  })

  test('too few bytes; too large for the format', async () => {
    const [few, wide] = [new Uint8Array(9), new Uint8Array(3 * 70_000)]
    await expect(encodeImage({ width: 8, height: 8, data: few }, 'png')).rejects.toMatchObject({
      code: 'option-invalid',
    })
    await expect(encodeImage({ width: 70_000, height: 1, data: wide }, 'jpeg')).rejects.toMatchObject({
      code: 'video-write',
      message: expect.stringContaining('65500x65500'),
    })
  })
})
