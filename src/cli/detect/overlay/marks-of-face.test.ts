import { describe, expect, test } from 'vitest'
import type { Keypoints, Track } from '../../../face/face.ts'
import { squareAt } from '../../../face/geometry.ts'
import type { Region } from '../../../video/image.ts'
import { clipOf, faceOf } from '../testing/detections.ts'
import { judgementAt } from './judgement.ts'
import { hottestOf, markOf } from './marks-of-face.ts'
import { placeAt, placeFaces } from './placed-face.ts'

const keypoints = Object.fromEntries(
  ['leftEye', 'rightEye', 'nose', 'mouth', 'leftEar', 'rightEar'].map((name) => [name, [0, 0]]),
) as unknown as Keypoints

/** A face of 60 pixels that goes from one place to another in so many seconds, looked at ten times a second. */
function trackOf(id: number, from: number, to: number, startSeconds: number, endSeconds: number): Track {
  const count = Math.round((endSeconds - startSeconds) * 10)
  const frames = Array.from({ length: count + 1 }, (_, i) => {
    const box = squareAt([from + ((to - from) * i) / count, 100], 60)
    return { index: undefined, seconds: startSeconds + i / 10, box, keypoints, score: 1 }
  })
  const quality = { size: 60, sharpness: 1, yaw: 0, roll: 0, score: 1, found: count, looked: count }
  return { id, startSeconds, endSeconds, frames, quality }
}

/** What a crop of such a face shows that is at this place. */
const cropAt = (x: number): Region => squareAt([x, 100 - 0.08 * 87], 87)

describe('followed faces and detected ones', () => {
  const left = faceOf({ track: 1, verdict: 'fake', probability: 0.9, clips: [clipOf(0, 4, 0.9, cropAt(100))] })
  const right = faceOf({ track: 2, verdict: 'real', probability: 0.1, clips: [clipOf(0, 4, 0.1, cropAt(300))] })
  const matched = (...tracks: Track[]) => placeFaces(tracks, [left, right]).map(({ face }) => face?.track)

  test('are the same where both are in one place at one time', () => {
    expect(matched(trackOf(7, 300, 300, 0, 5), trackOf(8, 100, 100, 0, 5))).toEqual([2, 1])
  })

  test('not at another place, nor at another time', () => {
    expect(matched(trackOf(7, 200, 200, 0, 5), trackOf(8, 100, 100, 5, 9))).toEqual([undefined, undefined])
  })

  test('one that was lost and found again is two tracks of one face', () => {
    expect(matched(trackOf(7, 100, 100, 0, 1), trackOf(8, 100, 100, 3, 5))).toEqual([1, 1])
  })

  test('of two that cross, each is where it is most of the time', () => {
    const crossing = faceOf({
      track: 3,
      verdict: 'real',
      probability: 0.1,
      clips: [clipOf(0, 4, 0.1, cropAt(100)), clipOf(6, 8, 0.1, cropAt(300)), clipOf(8, 9, 0.1, cropAt(300))],
    })
    const [placed] = placeFaces([trackOf(7, 300, 300, 0, 10)], [left, crossing])
    expect(placed!.face).toBe(crossing)
  })
})

test('a face stays for a tenth of a second around its looks, and no longer', () => {
  const { frames } = trackOf(1, 100, 200, 1, 2)
  expect([0.85, 0.95, 1.5, 2.05, 2.15].map((seconds) => placeAt(frames, seconds)?.x)).toEqual([
    undefined,
    70,
    expect.closeTo(120),
    170,
    undefined,
  ])
})

describe('what is said of a face at some time', () => {
  const face = { clips: [clipOf(1, 4, 0.8), clipOf(3, 6, 0.4)] }

  test('the largest probability of the clips of that time, none between clips', () => {
    const said = [0.5, 1, 3.5, 5, 6.5].map((seconds) => judgementAt(face, seconds).probability)
    expect(said).toEqual([undefined, 0.8, 0.8, 0.4, undefined])
  })

  test('heat counts in the frames that were seen, as much as they look fake, and fades around them', () => {
    const at = (seconds: number) => {
      const { seen, strength } = judgementAt(face, seconds)
      return [seen, Math.round(1000 * strength) / 1000]
    }
    expect([0.5, 0.8, 1.05, 1.3, 2, 5.95].map(at)).toEqual([
      [false, 0],
      [false, 0.4],
      [true, 0.8],
      [false, 0.4],
      [false, 0],
      [true, 0.4],
    ])
  })
})

describe('a mark', () => {
  const region = cropAt(100)
  const face = faceOf({ track: 1, verdict: 'fake', probability: 0.9, clips: [clipOf(0, 2, 0.9, region)] })
  const placed = { frames: trackOf(7, 100, 200, 0, 2).frames, face }

  test('tells the verdict and what holds now', () => {
    expect(markOf(placed, 1, 4)).toMatchObject({ lines: ['#1  FAKE 90 %', 'now: 90 %'], seen: false })
    expect(markOf({ ...placed, face: undefined }, 1, 4)).toMatchObject({ lines: ['not judged'], seen: false })
    expect(markOf(placed, 3, 4)).toBeUndefined()
  })

  test('has its heat where the evidence was, and takes it along', () => {
    expect(hottestOf([face])).toBe(4)
    const there = markOf(placed, 0, 4)!.heat!
    expect(there.region).toEqual(region)
    expect([...there.map.values]).toEqual([0, 0, 0, 1])
    const moved = markOf(placed, 0.2, 8)!.heat!
    expect(moved.region.x).toBeCloseTo(region.x + 10, 6)
    expect([...moved.map.values]).toEqual([0, 0, 0, 0.5])
    expect(moved.strength).toBeLessThan(there.strength)
    expect(markOf(placed, 0, 0)!.heat).toBeUndefined()
  })
})
