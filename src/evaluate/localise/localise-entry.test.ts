import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clip, ffmpegMissing } from '../../../test/clips.ts'
import { sharedFile } from '../../../test/shared.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { uncalibrated } from '../../detect/calibration.ts'
import { scoreVideo } from '../../detect/score-video.ts'
import { type Scorer, scorerOf } from '../../detect/scorer.ts'
import { type FaceDetector, openFaceDetector } from '../../face/detector.ts'
import { type Landmarker, openLandmarker } from '../../face/landmarks/landmarker.ts'
import { preset } from '../../network/presets.ts'
import { zeros } from '../../tensor/tensor.ts'
import type { Region } from '../../video/image.ts'
import { openVideo } from '../../video/open.ts'
import { scoringOptions } from '../run/options.ts'
import { localiseEntry } from './localise-entry.ts'

const talking = sharedFile('data/train/videos/liveportrait/d19.mp4')
const reason = talking ? ffmpegMissing : 'needs ../shared/data'

const input = { ...preset('mrl-lite').input, snippets: 2, frames: 3, size: 64 }
const cells = 8

/** Sees evidence in one cell of all frames, whatever it is shown. */
function scorerSeeing(column: number, row: number): Scorer {
  const cam = zeros('float32', [input.snippets * input.frames, cells, cells])
  for (let at = row * cells + column; at < cam.data.length; at += cells * cells) cam.data[at] = 1
  const device = { kind: 'cpu', threads: 1, why: 'asked for', rejected: [], engine: 'none' } as const
  const run = async () => ({ logits: [0, 1] as const, cam })
  return scorerOf(input, { explains: true, device, run, [Symbol.asyncDispose]: async () => {} }, uncalibrated)
}

let detector: FaceDetector
let landmarker: Landmarker
beforeAll(async () => {
  ;[detector, landmarker] = await Promise.all([openFaceDetector(), openLandmarker()])
})
afterAll(async () => {
  await detector[Symbol.asyncDispose]()
  await landmarker[Symbol.asyncDispose]()
})

const scoring = scoringOptions.parse({ clips: 1, span: 0.5 })
const mouth: readonly [column: number, row: number] = [3, 5]

/** What the crops of the video's one clip show. */
async function shownRegion(): Promise<Region> {
  await using video = await openVideo(talking!)
  const score = await scoreVideo(video, { detector, scorer: scorerSeeing(0, 0), clips: 1, span: 0.5 })
  if (score.outcome !== 'scored') throw new Error('no face')
  return score.faces[0]!.clips[0]!.regions[0]!
}

/** A mask that is white around the mouth. @param scale of its size over the video's */
async function maskAround(scale: number): Promise<string> {
  const { x, y, width, height } = await shownRegion()
  const place = [x + (2.5 * width) / cells, y + (5.2 * height) / cells, (2.5 * width) / cells, (1.5 * height) / cells]
  const [left, top, across, down] = place.map((value) => Math.round(value))
  const box = `drawbox=t=fill:c=black,drawbox=${left}:${top}:${across}:${down}:t=fill:c=white`
  const filter = `${box},scale=iw*${scale}:-2:flags=area`
  return await clip(`mask-${scale}.mkv`, ['-i', talking!, '-vf', filter, '-c:v', 'ffv1', '-pix_fmt', 'gray'])
}

const entryWith = (mask: string): DataEntry & { mask: string } => {
  return { path: talking!, label: 'fake', subset: 'made', identities: [], split: null, mask }
}

describe.skipIf(reason)(`evidence and masks${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test.each([1, 0.5])('meet on the mouth, with masks of %d the size', async (scale) => {
    const entry = entryWith(await maskAround(scale))
    const at = async (column: number, row: number) => {
      const found = await localiseEntry(entry, scoring, { scorer: scorerSeeing(column, row), detector, landmarker })
      const { pointing, pointingExact, overlaps } = found!.maps.get('cam')!
      return { ...found!, pointing, pointingExact, best: Math.max(...overlaps) }
    }
    const on = await at(...mouth)
    expect(on).toMatchObject({ frames: 6, pointing: 1, pointingExact: 1 })
    expect(on.best).toBeGreaterThan(0.25)
    expect(on.places.get('mouth')).toEqual({ forged: 1, peaks: 1 })
    expect(on.places.get('forehead')).toEqual({ forged: 0, peaks: 0 })
    const off = await at(0, 0)
    expect(off).toMatchObject({ pointing: 0, pointingExact: 0, best: 0 })
    expect(off.places.get('outside')!.peaks).toBe(1)
    expect(off.chance.pointingExact).toBeLessThan(0.25)
  })

  test('are of the frames that have a mask', async () => {
    const whole = await maskAround(1)
    const short = await clip('short-mask.mkv', ['-i', whole, '-frames:v', '2', '-c:v', 'copy'])
    const tools = { scorer: scorerSeeing(...mouth), detector, landmarker }
    expect(await localiseEntry(entryWith(short), scoring, tools)).toBeUndefined()
    const black = await clip('black-mask.mkv', ['-i', whole, '-vf', 'drawbox=t=fill:c=black', '-c:v', 'ffv1'])
    expect(await localiseEntry(entryWith(black), scoring, tools)).toBeUndefined()
  })
})
