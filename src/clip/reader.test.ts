import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../test/clips.ts'
import { sharedFile } from '../../test/shared.ts'
import { type FaceDetector, openFaceDetector } from '../face/detector.ts'
import { openVideo } from '../video/open.ts'
import { crop } from '../video/sample/crop.ts'
import { planClips } from './plan.ts'
import { ClipReader, type FaceClip } from './reader.ts'

const talking = sharedFile('data/train/videos/liveportrait/d19.mp4')
const skipped = talking ? '' : ' (skipped: needs ../shared/data)'
const layout = { snippets: 3, frames: 4 }
const size = { width: 96, height: 96 }

let detector: FaceDetector
beforeAll(async () => {
  detector = await openFaceDetector()
})
afterAll(() => detector[Symbol.asyncDispose]())

async function read(path: string, options: Parameters<typeof planClips>[3] = {}) {
  await using video = await openVideo(path)
  const { durationSeconds = 1, frameRate } = video.info
  const plan = planClips([{ from: 0, to: durationSeconds }], layout, frameRate, options)
  const reader = new ClipReader(video, detector, plan, size.width)
  const clips: FaceClip[] = []
  for await (const found of reader) clips.push(found)
  return { plan, clips, tracks: reader.tracks, report: video.report }
}

describe.skipIf(!talking)(`of a talking face${skipped}`, () => {
  test('gives each clip of the plan, of one track, with consecutive frames in every snippet', async () => {
    const { plan, clips, tracks } = await read(talking!, { span: 2 })
    expect(tracks.map(({ id }) => id)).toEqual([1])
    expect(clips.map((found) => found.clip)).toEqual(plan.clips.map((_, i) => i))
    for (const { clip, seconds, images, found, repeated, track } of clips) {
      expect({ track, found, repeated, images: images.length }).toEqual({
        track: 1,
        found: 12,
        repeated: 0,
        images: 12,
      })
      for (const [i, start] of plan.clips[clip]!.starts.entries()) {
        const snippet = seconds.slice(4 * i, 4 * i + 4)
        expect(snippet[0]).toBeLessThanOrEqual(start + 1e-6)
        expect(snippet[1]).toBeGreaterThan(start)
        for (let t = 1; t < 4; t++) expect(snippet[t]! - snippet[t - 1]!).toBeCloseTo(1 / 30, 5)
      }
    }
  })

  test('keeps nothing of clips that were given', async () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    await using video = await openVideo(talking!)
    const starts = Array.from({ length: 12 }, (_, clip) => [0, 1, 2].map((snippet) => 0.4 * clip + snippet * 0.13))
    const plan = { snippets: 3, frames: 4, rate: 30, clips: starts.map((starts) => ({ starts })) }
    const held: number[] = []
    for await (const _ of new ClipReader(video, detector, plan, size.width)) {
      collect()
      held.push(process.memoryUsage().arrayBuffers)
    }
    expect(held.length).toBe(12)
    // the least of several, as a few frames are always read ahead; all that is read here is some 40 MB
    const [early, late] = [held.slice(0, 6), held.slice(6)].map((some) => Math.min(...some)) as [number, number]
    expect((late - early) / 2 ** 20).toBeLessThan(10)
  })

  test('cuts out what the frames show there, bit for bit, in squares of one size', async () => {
    const { clips } = await read(talking!, { clips: 2, span: 3 })
    await using video = await openVideo(talking!)
    for (const { seconds, regions, images } of clips) {
      expect(new Set(regions.map(({ width, height }) => `${width} ${height}`)).size).toBe(1)
      let i = 0
      for await (const frame of video.framesAt(seconds)) {
        expect(frame.seconds).toBe(seconds[i])
        expect(images[i]!.data).toEqual(crop(frame, regions[i]!, size).data)
        i++
      }
      expect(i).toBe(seconds.length)
    }
  })

  test('gives of clips that overlap the frames that each would have alone', async () => {
    await using video = await openVideo(talking!)
    const starts = [
      [0.5, 1.5, 2.5],
      [0.7, 1, 1.2],
      [1.5, 2, 2.55],
      [2.5, 2.6, 2.7],
    ]
    const all = { snippets: 3, frames: 4, rate: 30, clips: starts.map((starts) => ({ starts })) }
    const together: FaceClip[] = []
    for await (const found of new ClipReader(video, detector, all, 96)) together.push(found)
    // in the order in which they are complete
    expect(together.map(({ clip }) => clip)).toEqual([1, 0, 2, 3])
    for (const { clip, seconds } of together) {
      for await (const { seconds: alone } of new ClipReader(
        video,
        detector,
        { ...all, clips: [all.clips[clip]!] },
        96,
      )) {
        expect(seconds).toEqual(alone)
      }
    }
  })

  test('decodes only what is planned', async () => {
    const { report, clips } = await read(talking!, { clips: 1, span: 0.4 })
    expect(clips.length).toBe(1)
    expect(report.framesDecoded).toBeLessThan(240)
  })

  test('ends with the reason of its signal', async () => {
    await using video = await openVideo(talking!)
    const plan = planClips([{ from: 0, to: 8 }], layout, 30)
    const controller = new AbortController()
    const reader = new ClipReader(video, detector, plan, 96, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    })
    const readAll = async () => {
      for await (const _ of reader);
    }
    await expect(readAll()).rejects.toThrow('enough')
  })
})

describe.skipIf(ffmpegMissing)(`of other videos${ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''}`, () => {
  test('gives no clip where there is no face', async () => {
    const path = await clip('nobody.mp4', [...picture('320x240', 25, 2), '-c:v', 'libx264'])
    const { clips, tracks } = await read(path)
    expect({ clips, tracks }).toEqual({ clips: [], tracks: [] })
  })

  test.skipIf(!talking)(`repeats the frames of one that is too short${skipped}`, async () => {
    const path = await clip('short.mp4', ['-i', talking!, '-frames:v', '2', '-c:v', 'libx264'])
    const { clips } = await read(path)
    expect(clips.length).toBe(1)
    expect(clips[0]).toMatchObject({ repeated: 6, found: 12 })
    const snippet = [0, 0.033333, 0.033333, 0.033333]
    expect(clips[0]!.seconds).toEqual([...snippet, ...snippet, ...snippet])
  })

  test.skipIf(!talking)(`takes what there is of one that ends before its time${skipped}`, async () => {
    const half = await clip('half.mp4', ['-i', talking!, '-t', '1', '-c:v', 'libx264'])
    await using video = await openVideo(half)
    const reader = new ClipReader(video, detector, planClips([{ from: 0, to: 1.6 }], layout, 30), 96)
    const clips: FaceClip[] = []
    for await (const found of reader) clips.push(found)
    expect(clips.length).toBe(1)
    expect(clips[0]).toMatchObject({ found: 8, repeated: 4 })
    expect(clips[0]!.seconds.slice(8)).toEqual(Array(4).fill(clips[0]!.seconds[7]))
  })

  test.skipIf(!talking)(`lets the first frames with a face stand in for those before${skipped}`, async () => {
    const black = ['-vf', "drawbox=t=fill:c=black:enable='lt(t,0.25)'", '-t', '2']
    const path = await clip('late.mp4', ['-i', talking!, ...black, '-c:v', 'libx264'])
    const { clips } = await read(path, { clips: 1 })
    expect(clips.length).toBe(1)
    expect(clips[0]).toMatchObject({ found: 8, repeated: 4 })
    expect(clips[0]!.images.slice(0, 4)).toEqual(Array(4).fill(clips[0]!.images[4]))
  })
})
