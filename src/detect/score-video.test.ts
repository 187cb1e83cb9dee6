import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../test/clips.ts'
import { sharedFile } from '../../test/shared.ts'
import { planClips } from '../clip/plan.ts'
import { ClipReader } from '../clip/reader.ts'
import type { CachedClip } from '../dataset/face-clip.ts'
import { type FaceDetector, openFaceDetector } from '../face/detector.ts'
import { networkConfig } from '../network/config.ts'
import type { Model } from '../network/model-file.ts'
import { smallNetwork } from '../network/testing/small-network.ts'
import { initialWeights } from '../network/weights.ts'
import type { Image } from '../video/image.ts'
import { openVideo } from '../video/open.ts'
import { scoreClips } from './score-clips.ts'
import { scoreVideo } from './score-video.ts'
import { openScorer, type Scorer } from './scorer.ts'

const talking = sharedFile('data/train/videos/liveportrait/d19.mp4')
const skipped = talking ? '' : ' (skipped: needs ../shared/data)'
const half = sharedFile('data/val/real/marlin/video01.mp4')

const config = networkConfig(smallNetwork)
const model: Model = { config, weights: initialWeights(config, 7), metadata: {} }

let detector: FaceDetector
let scorer: Scorer
beforeAll(async () => {
  detector = await openFaceDetector()
  scorer = await openScorer(model, { device: 'cpu', threads: 1 })
})
afterAll(async () => {
  await scorer[Symbol.asyncDispose]()
  await detector[Symbol.asyncDispose]()
})

describe.skipIf(!talking)(`a video with a face${skipped}`, () => {
  test('has a score for each clip of the plan, and their means', async () => {
    await using video = await openVideo(talking!)
    const seen: (readonly Image[])[] = []
    const progress: number[] = []
    const score = await scoreVideo(video, {
      detector,
      scorer,
      clips: 3,
      span: 1,
      onClip: (_, images) => seen.push(images),
      onProgress: ({ clips }) => progress.push(clips),
    })
    if (score.outcome !== 'scored') throw new Error('no face')
    expect(score.faces.map(({ track }) => track)).toEqual([1])
    const [face] = score.faces
    expect(face!.clips.map(({ clip }) => clip)).toEqual([0, 1, 2])
    expect(face!.probability).toBeCloseTo(face!.clips.reduce((sum, { probability }) => sum + probability, 0) / 3, 12)
    expect(score.probability).toBe(face!.probability)
    expect(progress).toEqual([1, 2, 3])
    for (const [i, { logits, probability, attention, cam }] of face!.clips.entries()) {
      expect(probability).toBeCloseTo(1 / (1 + Math.exp(logits[0] - logits[1])), 12)
      expect({ attention, cam }).toEqual({ attention: undefined, cam: undefined })
      expect((await scorer.clip(seen[i]!)).logits).toEqual(logits)
    }
  })

  test('has the same scores from its crops', async () => {
    await using video = await openVideo(talking!)
    const plan = planClips([{ from: 0, to: video.info.durationSeconds! }], config.input, video.info.frameRate, {})
    const reader = new ClipReader(video, detector, plan, config.input.size)
    const clips: CachedClip[] = []
    for await (const found of reader) {
      clips.push({ ...found, faceWidth: reader.tracks[found.track - 1]!.quality.size, landmarks: [] })
    }
    await using again = await openVideo(talking!)
    const { faces, probability } = (await scoreVideo(again, { detector, scorer })) as {
      faces: unknown
      probability: number
    }
    // The cache knows the width of a face at the end, the reader here only that of a clip so far.
    const widths = clips.map((clip) => ({ ...clip, faceWidth: clips.at(-1)!.faceWidth }))
    expect(await scoreClips(scorer, widths)).toMatchObject({ faces, probability })
  })

  test('tells where the evidence is when asked to, with the same scores', async () => {
    await using explaining = await openScorer(model, { device: 'cpu', threads: 1, explain: true })
    await using video = await openVideo(talking!)
    const explained = await scoreVideo(video, { detector, scorer: explaining, clips: 1 })
    const plain = await scoreVideo(video, { detector, scorer, clips: 1 })
    if (explained.outcome !== 'scored' || plain.outcome !== 'scored') throw new Error('no face')
    const [{ attention, cam }] = explained.faces[0]!.clips as [(typeof explained.faces)[0]['clips'][0]]
    expect(attention!.shape).toEqual([2, 3, 16, 16])
    expect(cam!.shape).toEqual([8, 16, 16])
    expect(Math.min(...cam!.data)).toBeGreaterThanOrEqual(0)
    expect(explained.probability).toBeCloseTo(plain.probability, 5)
  })

  test('ends with the reason of its signal', async () => {
    await using video = await openVideo(talking!)
    const controller = new AbortController()
    const scoring = scoreVideo(video, {
      detector,
      scorer,
      signal: controller.signal,
      onClip: () => controller.abort(new Error('enough')),
    })
    await expect(scoring).rejects.toThrow('enough')
  })

  test('names an option that it does not know', async () => {
    await using video = await openVideo(talking!)
    const wrong = { detector, scorer, clip: 3 } as unknown as Parameters<typeof scoreVideo>[1]
    await expect(scoreVideo(video, wrong)).rejects.toThrow('scoreVideo: unknown key "clip" (did you mean "clips"?)')
  })
})

describe.skipIf(ffmpegMissing)(`made videos${ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''}`, () => {
  test('without a face have no probability', async () => {
    await using video = await openVideo(await clip('nobody.mp4', [...picture('320x240', 25, 2), '-c:v', 'libx264']))
    expect(await scoreVideo(video, { detector, scorer })).toMatchObject({ outcome: 'no-face', facesSeen: 0 })
  })

  test.skipIf(!talking || !half)(`with two faces have two scores, or that of the larger${skipped}`, async () => {
    const beside = ['-filter_complex', '[0:v]scale=-2:480[a];[1:v]scale=-2:480[b];[a][b]hstack', '-t', '1.5']
    const path = await clip('two.mp4', ['-i', talking!, '-i', half!, ...beside, '-c:v', 'libx264'])
    await using video = await openVideo(path)
    const all = await scoreVideo(video, { detector, scorer, clips: 1 })
    const largest = await scoreVideo(video, { detector, scorer, clips: 1, faces: 'largest' })
    if (all.outcome !== 'scored' || largest.outcome !== 'scored') throw new Error('no face')
    expect(all.faces).toHaveLength(2)
    const widest = all.faces.reduce((first, other) => (other.width > first.width ? other : first))
    expect(largest.faces).toEqual([widest])
    expect(largest.probability).toBe(widest.probability)
  })
})

test('a still is a clip in which nothing moves', async () => {
  const data = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => i % 251)
  const image: Image = { width: 64, height: 64, data }
  const still = {
    track: 1,
    faceWidth: 40,
    clip: 0,
    seconds: [0],
    regions: [],
    images: [image],
    landmarks: [],
    repeated: 0,
  }
  const score = await scoreClips(scorer, [still])
  expect(score!.probability).toBe((await scorer.clip(Array(8).fill(image))).probability)
  expect(await scoreClips(scorer, [])).toBeUndefined()
})
