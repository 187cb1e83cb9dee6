import { describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import { Random } from '../../tensor/random.ts'
import type { Frame } from '../../video/frame.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import {
  type Perturbation,
  type PerturbationKind,
  perturbationKinds,
  perturbationLevels,
  perturbationName,
} from './kinds.ts'
import { perturbed } from './perturbed.ts'

const made = () => clip('moving.mp4', [...picture('288x272', 25, 0.6), '-c:v', 'libx264', '-g', '5'])

async function open(perturbation: Perturbation, seed = 1): Promise<Video> {
  const video = await openVideo(await made(), { isolated: false })
  return await perturbed(video, { ...perturbation, random: new Random(seed) })
}

async function all(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const found: Frame[] = []
  for await (const frame of frames) found.push(frame)
  return found
}

/** Decibel: how much the frames are still the others. */
function likeness(frames: readonly Frame[], others: readonly Frame[]): number {
  let [sum, count] = [0, 0]
  for (const [i, { data }] of frames.entries()) {
    for (const [at, value] of data.entries()) sum += (value - others[i]!.data[at]!) ** 2
    count += data.length
  }
  return 10 * Math.log10(255 ** 2 / (sum / count))
}

const data = (frames: readonly Frame[]) => frames.map((frame) => frame.data)
const skipped = ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''

describe.skipIf(ffmpegMissing)(`a perturbed video${skipped}`, () => {
  test.each(perturbationKinds)('%s: times and sizes stay, and likeness falls with the level', async (kind) => {
    await using clean = await openVideo(await made(), { isolated: false })
    const before = await all(clean.frames())
    const likenesses: number[] = []
    for (const level of perturbationLevels) {
      await using video = await open({ kind, level })
      const frames = await all(video.frames())
      expect(frames.map(({ seconds, width, height }) => [seconds, width, height])).toEqual(
        before.map(({ seconds, width, height }) => [seconds, width, height]),
      )
      likenesses.push(likeness(frames, before))
    }
    expect(likenesses[0]).toBeLessThan(60)
    // Of pixelation without a filter the fine grid of the test picture falls between samples more or less by chance.
    for (const [i, value] of likenesses.entries()) expect(value).toBeLessThan((likenesses[i - 1] ?? 60) + 1)
    expect(likenesses[4]).toBeLessThan(likenesses[0]! - 2)
  })

  test.each(perturbationKinds.map((kind): [PerturbationKind] => [kind]))(
    '%s: a frame is the same however it is come to',
    async (kind) => {
      await using video = await open({ kind, level: 3 })
      const frames = data(await all(video.frames()))
      const part = await all(video.frames({ from: 0.2, to: 0.4, reuse: false }))
      expect(data(part)).toEqual(frames.slice(5, 10))
      expect(data(await all(video.framesAt([0.08, 0.08, 0.5])))).toEqual([frames[2], frames[2], frames[12]])
      await using again = await open({ kind, level: 3 })
      expect(data(await all(again.frames()))).toEqual(frames)
    },
  )

  test.each(['noise', 'block-wise'] as const)('%s: each frame, level and seed has its own', async (kind) => {
    const first = async (perturbation: Perturbation, seed?: number) => {
      await using video = await open(perturbation, seed)
      const [one, two] = await all(video.frames({ to: 0.08 }))
      return { one: one!.data, change: one!.data.map((value, i) => value - two!.data[i]!) }
    }
    const { one, change } = await first({ kind, level: 2 })
    expect((await first({ kind, level: 2 }, 2)).one).not.toEqual(one)
    expect((await first({ kind, level: 3 })).one).not.toEqual(one)
    await using clean = await openVideo(await made(), { isolated: false })
    const [a, b] = await all(clean.frames({ to: 0.08 }))
    expect(change).not.toEqual(a!.data.map((value, i) => value - b!.data[i]!))
  })

  test.each(['blur', 'compression'] as const)('%s: closes the video with itself', async (kind) => {
    const original = await openVideo(await made(), { isolated: false })
    const video = await perturbed(original, { kind, level: 1, random: new Random(0) })
    await video[Symbol.asyncDispose]()
    await expect(all(original.frames())).rejects.toMatchObject({ code: 'disposed' })
  })

  test('names itself as it is asked for', () => {
    expect(perturbationName({ kind: 'block-wise', level: 4 })).toBe('block-wise:4')
  })
})
