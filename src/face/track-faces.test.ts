import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { openVideo } from '../video/open.ts'
import type { Video } from '../video/video.ts'
import { type FaceDetector, openFaceDetector } from './detector.ts'
import type { Track } from './face.ts'
import { type Look, lookOf } from './look.ts'
import { trackFaces } from './track-faces.ts'
import { FaceTracker } from './tracker.ts'

const data = sharedFile('data')
const needed = data === undefined ? ' (skipped: needs ../shared/data)' : ''

let detector: FaceDetector
beforeAll(async () => {
  detector = await openFaceDetector()
})
afterAll(async () => {
  await detector[Symbol.asyncDispose]()
})

function open(name: string): Promise<Video> {
  return openVideo(`${data}/${name}`, { isolated: false })
}

describe.skipIf(needed !== '')(`faces of videos${needed}`, () => {
  test.each([
    'train/videos/grid/lbbc2a.mpg',
    'train/videos/liveportrait/d12.mp4',
    'train/videos/sadtalker/WDA_KatieHill_000.mp4',
    'train/videos/videoretalking/5.mp4',
    'val/real/pcavs/517600055.mp4',
    'val/real/marlin/cropped03.mp4',
    'val/real/dfl/Rob_Doe_0.mp4',
    'val/real/vidtimit/fadg0_sa1',
  ])('%s: one person is one track', async (name) => {
    await using video = await open(name)
    const { tracks, looked, withFace } = await trackFaces(video, detector)
    expect(tracks).toHaveLength(1)
    expect(withFace / looked).toBeGreaterThanOrEqual(0.98)
    expect(tracks[0]!.quality).toMatchObject({ found: withFace, looked })
    expect(tracks[0]!.quality.score).toBeGreaterThan(0.75)
    expect(tracks[0]!.frames.every(({ index }) => index !== undefined)).toBe(true)
  })

  test('two people are two, and who was cut away comes back as the same', async () => {
    const [a, b] = await Promise.all([looksAt('val/real/pcavs/00067.mp4', 24), looksAt('val/real/pcavs/00473.mp4', 12)])
    const tracker = new FaceTracker()
    const cuts = [...a.slice(0, 12), ...b, ...a.slice(12)]
    for (const [i, look] of cuts.entries()) tracker.add({ ...look, seconds: i / 10 })
    const [first, second, ...rest] = tracker.tracks()
    expect(rest).toEqual([])
    expect([first!.frames.length, second!.frames.length]).toEqual([24, 12])
    expect([second!.startSeconds, second!.endSeconds]).toEqual([1.2, 2.3])
  })

  test('can be asked for a stretch and a rate; progress is told, faces have the numbers of their frames', async () => {
    await using video = await open('train/videos/grid/lbbc2a.mpg')
    const told: number[] = []
    const { tracks, looked } = await trackFaces(video, detector, {
      rate: 5,
      from: 1,
      to: 2,
      onProgress: ({ seconds, durationSeconds, looked, faces }) => {
        told.push(seconds)
        expect({ durationSeconds, looked, faces }).toEqual({
          durationSeconds: video.info.durationSeconds,
          looked: told.length,
          faces: 1,
        })
      },
    })
    expect(looked).toBe(5)
    expect(told).toEqual(tracks[0]!.frames.map(({ seconds }) => seconds))
    expect(told[0]).toBeGreaterThanOrEqual(1)
    expect(told.at(-1)).toBeLessThan(2)
  })

  test('are the same each time', async () => {
    const run = async (): Promise<readonly Track[]> => {
      await using video = await open('val/real/pcavs/00067.mp4')
      return (await trackFaces(video, detector, { to: 1 })).tracks
    }
    expect(await run()).toEqual(await run())
  })

  test('are not searched on after an abort', async () => {
    await using video = await open('train/videos/grid/lbbc2a.mpg')
    const stop = new AbortController()
    const onProgress = ({ looked }: { looked: number }) => {
      if (looked === 3) stop.abort(new Error('enough'))
    }
    await expect(trackFaces(video, detector, { signal: stop.signal, onProgress })).rejects.toThrow('enough')
    expect((await trackFaces(video, detector, { to: 0.5 })).tracks).toHaveLength(1)
  })

  test('unknown options are refused by name', async () => {
    await using video = await open('train/videos/grid/lbbc2a.mpg')
    await expect(trackFaces(video, detector, { rte: 5 } as never)).rejects.toMatchObject({
      code: 'option-invalid',
      message: 'trackFaces: unknown key "rte" (did you mean "rate"?)',
    })
  })
})

async function looksAt(name: string, count: number): Promise<Look[]> {
  await using video = await open(name)
  const looks: Look[] = []
  for await (const frame of video.frames({ rate: 10 })) {
    looks.push(lookOf(frame, await detector.detect(frame)))
    if (looks.length === count) break
  }
  return looks
}
