import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { clip, clipFolder, ffmpegMissing, picture } from '../../test/clips.ts'
import type { Frame } from '../video/frame.ts'
import { openVideoWriter } from '../video/node/writer/writer.ts'
import { openVideo } from '../video/open.ts'
import { crop } from '../video/sample/crop.ts'
import { type Treatment, treated } from './treatment.ts'

async function frames(path: string, treatment?: Treatment) {
  await using video = await openVideo(path, { isolated: false })
  await using remade = treatment && (await treated(video, treatment, { isolated: false }))
  const found: Frame[] = []
  for await (const frame of (remade ?? video).frames()) found.push(frame)
  return { info: (remade ?? video).info, frames: found }
}

function difference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length)
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / one.length
}

describe.skipIf(ffmpegMissing)('a treated video (needs the ffmpeg program)', () => {
  let path: string
  beforeAll(async () => {
    path = await clip('moving.mp4', [
      ...picture('160x120', 25, 2),
      '-c:v',
      'libx264',
      '-g',
      '12',
      '-pix_fmt',
      'yuv420p',
    ])
  })

  test('by nothing keeps every frame, its time and its planes', async () => {
    const [plain, remade] = [await frames(path), await frames(path, {})]
    expect(remade.frames.length).toBe(50)
    for (const [i, frame] of remade.frames.entries()) {
      expect(frame.seconds).toBe(plain.frames[i]!.seconds)
      expect(frame.data).toEqual(plain.frames[i]!.data)
    }
  })

  test('with fewer frames has them spread evenly, one after the other', async () => {
    const plain = await frames(path)
    const { frames: few } = await frames(path, { frames: 5 })
    expect(few.map(({ seconds }) => seconds)).toEqual([0, 0.04, 0.08, 0.12, 0.16])
    expect(few.map(({ data }) => data)).toEqual([5, 15, 25, 35, 45].map((i) => plain.frames[i]!.data))
    expect((await frames(path, { frames: 99 })).frames.map(({ data }) => data)).toEqual(
      plain.frames.map(({ data }) => data),
    )
  })

  test('re-encoded is worse, the more the higher the factor', async () => {
    const plain = await frames(path)
    const losses: number[] = []
    for (const recode of [0, 20, 40]) {
      const { frames: remade } = await frames(path, { recode, frames: 5 })
      losses.push(difference(remade[2]!.data, plain.frames[25]!.data))
    }
    expect(losses[0]).toBe(0)
    expect(losses[1]).toBeGreaterThan(0.1)
    expect(losses[2]).toBeGreaterThan(2 * losses[1]!)
  })

  test('of another size shows the same', async () => {
    const plain = (await frames(path, { frames: 1 })).frames[0]!
    const { info, frames: small } = await frames(path, { frames: 1, size: 0.5 })
    expect(info).toMatchObject({ width: 80, height: 60 })
    const expected = crop(plain, { x: 0, y: 0, width: 160, height: 120 }, { width: 40, height: 30 })
    const found = crop(small[0]!, { x: 0, y: 0, width: 80, height: 60 }, { width: 40, height: 30 })
    // Sharp colours lose half of their chroma's lines.
    expect(difference(found.data, expected.data)).toBeLessThan(6)
  })

  test('that was turned is upright, one of pixels that are not square has square ones', async () => {
    const turned = join(clipFolder(), 'turned.mp4')
    const { frames: upright } = await frames(path, { frames: 2 })
    await using writer = await openVideoWriter(turned, {
      ...{ width: 160, height: 120, frameRate: 25, rotation: 90 },
      colour: upright[0]!.colour,
    })
    for (const frame of upright) await writer.write(frame, frame.seconds)
    await writer.finish()
    const wide = await clip('wide.mp4', ['-i', path, '-c', 'copy', '-aspect', '2:1'])
    const plain = { rotation: 0, pixelAspect: 1 }
    expect((await frames(turned, { frames: 2 })).info).toMatchObject({ width: 120, height: 160, ...plain })
    expect((await frames(wide, { frames: 2 })).info).toMatchObject({ width: 240, height: 120, ...plain })
  })

  test('of pictures is coded as of videos', async () => {
    const still = await clip('still.jpg', [...picture('160x120', 25, 0.04), '-q:v', '2', '-pix_fmt', 'yuvj420p'])
    const [plain, remade] = [await frames(still), await frames(still, { recode: 10 })]
    expect(plain.info.colour.range).toBe('full')
    expect(remade.info).toMatchObject({ codec: 'h264', colour: { matrix: 'bt601', range: 'limited', chroma: 'left' } })
    const whole = { x: 0, y: 0, width: 160, height: 120 }
    const [one, other] = [plain, remade].map(({ frames }) => crop(frames[0]!, whole, { width: 40, height: 30 }))
    expect(difference(one!.data, other!.data)).toBeLessThan(4)
  })

  test('the original can be used on; a signal ends the treatment', async () => {
    await using video = await openVideo(path, { isolated: false })
    await using remade = await treated(video, { frames: 2 })
    let count = 0
    for await (const _ of video.frames()) count++
    for await (const _ of remade.frames()) count++
    expect(count).toBe(52)
    await expect(treated(video, {}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    await expect(treated(video, { recode: 60 })).rejects.toMatchObject({ code: 'option-invalid' })
    await expect(treated(video, { crf: 23 } as never)).rejects.toMatchObject({ code: 'option-invalid' })
  })
})
