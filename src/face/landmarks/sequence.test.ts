import { expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import { Random } from '../../tensor/random.ts'
import { crop } from '../../video/sample/crop.ts'
import { cropRegions } from '../crop.ts'
import { openFaceDetector } from '../detector.ts'
import { firstFrame } from '../testing/pictures.ts'
import { openLandmarker } from './landmarker.ts'
import { type Landmarks, landmarkCount } from './landmarks.ts'
import { locateSequence, smoothed } from './sequence.ts'

/** A ring of points of a face about 200 pixels wide. */
const still: Landmarks = Float32Array.from({ length: 2 * landmarkCount }, (_, i) => {
  const angle = (2 * Math.PI * Math.floor(i / 2)) / landmarkCount
  return 150 + 100 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
})

function spread(frames: readonly Landmarks[]): number {
  const squares = frames.flatMap((frame) => Array.from(frame, (place, i) => (place - still[i]!) ** 2))
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}

test('what trembles is calmed', () => {
  const random = new Random(1)
  const frames = Array.from({ length: 20 }, () => still.map((place) => place + random.normal(0, 0.3)))
  expect(spread(smoothed(frames))).toBeLessThan(0.75 * spread(frames))
})

test('what moves on straight lines, or not at all, stays, and cuts stay cuts', () => {
  const moving = (each: number) => Array.from({ length: 9 }, (_, i) => still.map((place) => place + each * i))
  for (const each of [0, 0.5, 4]) {
    const frames = moving(each)
    for (const [i, frame] of smoothed(frames).slice(1, -1).entries()) {
      for (const [k, place] of frame.entries()) expect(Math.abs(place - frames[i + 1]![k]!)).toBeLessThanOrEqual(1 / 16)
    }
  }
  const cut = [still, still, still.map((place) => place + 60), still.map((place) => place + 60)]
  for (const [i, frame] of smoothed(cut).entries()) {
    for (const [k, place] of frame.entries()) expect(Math.abs(place - cut[i]![k]!)).toBeLessThan(0.1)
  }
  expect(smoothed([])).toEqual([])
})

const path = sharedFile('data/train/stills/london/canada_003f.jpg')

test.skipIf(path === undefined)(
  `frames are located one by one${path === undefined ? ' (skipped: needs ../shared/data)' : ''}`,
  async () => {
    const frame = await firstFrame(path!)
    await using detector = await openFaceDetector()
    await using landmarker = await openLandmarker()
    const [face] = await detector.detect(frame)
    const [region] = cropRegions([{ ...face!, index: 0, seconds: 0 }], [0])
    const image = crop(frame, region!, { width: 256, height: 256 })
    const alone = await landmarker.locate(image)
    expect(await locateSequence(landmarker, [image, image, image])).toEqual([alone, alone, alone])
    expect(await locateSequence(landmarker, [image])).toEqual([alone])
  },
)
