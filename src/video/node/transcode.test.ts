import { describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import type { Frame } from '../frame.ts'
import { openVideo } from '../open.ts'
import type { Video } from '../video.ts'
import { transcoded } from './transcode.ts'

async function all(video: Video): Promise<Frame[]> {
  const frames: Frame[] = []
  for await (const frame of video.frames()) frames.push(frame)
  return frames
}

const look = ({ seconds, width, height, colour, rotation, flip, pixelAspect, data }: Frame) => {
  return { seconds, width, height, colour, rotation, flip, pixelAspect, bytes: data.length }
}

function noiseRatio(frames: readonly Frame[], others: readonly Frame[]): number {
  const squares = frames.flatMap(({ data }, i) => {
    return [data.reduce((sum, value, at) => sum + (value - others[i]!.data[at]!) ** 2, 0) / data.length]
  })
  return 10 * Math.log10(255 ** 2 / (squares.reduce((sum, value) => sum + value, 0) / squares.length))
}

describe.skipIf(ffmpegMissing)(`a transcoded video${ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''}`, () => {
  test('has the times, sizes, colours and orientation of the original, and loses with the factor', async () => {
    const path = await clip('odd.mkv', [...picture('101x75', '30000/1001', 1), '-vf', 'setsar=4/3', '-c:v', 'ffv1'])
    await using original = await openVideo(path)
    const before = await all(original)
    const ratios: number[] = []
    for (const crf of [18, 30, 40]) {
      await using video = await transcoded(await openVideo(path), { crf })
      const after = await all(video)
      expect(after.map(look)).toEqual(before.map(look))
      expect(video.info).toEqual(original.info)
      ratios.push(noiseRatio(before, after))
    }
    expect(ratios[0]).toBeGreaterThan(30)
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a))
  })

  test('is the same bits each time, and the same by seeking', async () => {
    const path = await clip('even.mp4', [...picture('64x48', 25, 2), '-c:v', 'libx264'])
    await using video = await transcoded(await openVideo(path), { crf: 35 })
    await using again = await transcoded(await openVideo(path), { crf: 35 })
    const frames = await all(video)
    expect((await all(again)).map(({ data }) => data)).toEqual(frames.map(({ data }) => data))
    const sought: Frame[] = []
    for await (const frame of video.framesAt([0.5, 1.2])) sought.push(frame)
    expect(sought.map(({ data }) => data)).toEqual([12, 30].map((place) => frames[place]!.data))
  })

  test('ends with the reason of its signal, and closes what it was given', async () => {
    const original = await openVideo(await clip('even.mp4', [...picture('64x48', 25, 2), '-c:v', 'libx264']))
    await expect(transcoded(original, { crf: 30, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
    await expect(all(original)).rejects.toMatchObject({ code: 'disposed' })
  })
})
