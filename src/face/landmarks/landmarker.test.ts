import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import type { Image } from '../../video/image.ts'
import { faceBoxInCrop } from '../crop.ts'
import { openFaceDetector } from '../detector.ts'
import type { Point } from '../face.ts'
import { frameOf, grey } from '../testing/pictures.ts'
import { areaNames, areaPolygons } from './areas.ts'
import { type Landmarker, openLandmarker } from './landmarker.ts'
import { landmarkCount, pointOf } from './landmarks.ts'
import { innerLips, leftEye, outerLips, rightEye } from './points.ts'
import { isInside } from './polygon.ts'
import { regionNames, regionPolygon } from './regions.ts'
import {
  disagreement,
  middleOf,
  mirrored,
  mirrorPairs,
  type Portrait,
  portraitOf,
  portraitSize,
  turned,
} from './testing/portrait.ts'

const stills = sharedFile('data/train/stills')
const needed = stills === undefined ? ' (skipped: needs ../shared/data)' : ''

let landmarker: Landmarker
beforeAll(async () => {
  landmarker = await openLandmarker()
})
afterAll(async () => {
  await landmarker[Symbol.asyncDispose]()
})

const size = portraitSize

async function portraits(): Promise<Portrait[]> {
  const found: Portrait[] = []
  await using detector = await openFaceDetector()
  for (const [folder, each] of Object.entries({ london: 45, congress: 75, lfw: 400 })) {
    for (const name of readdirSync(`${stills}/${folder}`).filter((_, i) => i % each === 20)) {
      found.push((await portraitOf(`${stills}/${folder}/${name}`, detector, landmarker))!)
    }
  }
  return found
}

describe.skipIf(needed !== '')(`portraits${needed}`, () => {
  let all: Portrait[] = []
  beforeAll(async () => {
    all = await portraits()
  }, 60_000)

  test('have eyes and mouth where the detector sees them', () => {
    expect(all.length).toBeGreaterThan(15)
    for (const { name, landmarks, presence, keypoints } of all) {
      expect(presence, name).toBeGreaterThan(0.9)
      const inside = (region: (typeof regionNames)[number], at: Point) => isInside(regionPolygon(region, landmarks), at)
      expect(inside('leftEye', keypoints.leftEye), name).toBe(true)
      expect(inside('rightEye', keypoints.rightEye), name).toBe(true)
      expect(inside('mouth', keypoints.mouth), name).toBe(true)
      expect(inside('leftEye', middleOf(landmarks, leftEye)), name).toBe(true)
      expect(inside('rightEye', middleOf(landmarks, rightEye)), name).toBe(true)
      expect(inside('mouth', middleOf(landmarks, innerLips)), name).toBe(true)
      expect(inside('nose', pointOf(landmarks, 4)), name).toBe(true)
    }
  })

  test('are covered by their parts, each place by one', () => {
    for (const { name, landmarks } of all) {
      const parts = regionNames.map((region) => regionPolygon(region, landmarks))
      const [face] = areaPolygons('wholeFace', landmarks)
      let [covered, twice, total] = [0, 0, 0]
      for (let y = 2; y < size; y += 4) {
        for (let x = 2; x < size; x += 4) {
          const count = parts.filter((part) => isInside(part, [x, y])).length
          total += isInside(face!, [x, y]) ? 1 : 0
          covered += count > 0 ? 1 : 0
          twice += count > 1 ? 1 : 0
        }
      }
      expect(covered / total, name).toBeGreaterThan(0.97)
      expect(covered / total, name).toBeLessThan(1.01)
      expect(twice / total, name).toBeLessThan(0.01)
    }
  })

  test('have areas around what they are named for', () => {
    for (const { name, landmarks, keypoints } of all) {
      const areas = Object.fromEntries(areaNames.map((area) => [area, areaPolygons(area, landmarks)]))
      const within = (area: string, at: Point) => areas[area]!.some((polygon) => isInside(polygon, at))
      const { leftEye: left, rightEye: right, mouth } = keypoints
      const inAreas = (at: Point) => areaNames.filter((area) => within(area, at))
      for (const eye of [left, right]) expect(inAreas(eye), name).toEqual(['wholeFace', 'innerFace', 'eyes'])
      expect(inAreas(middleOf(landmarks, outerLips)), name).toEqual(['wholeFace', 'innerFace', 'lowerFace', 'mouth'])
      expect(inAreas(mouth), name).toContain('mouth')
      expect(areas.eyes).toHaveLength(2)
    }
  })

  test('keep their landmarks when moved, enlarged, made smaller, with a margin', async () => {
    for (const portrait of all) {
      const { name, cut } = portrait
      for (const [x, y, side] of [
        [12, 0, size],
        [0, -12, size],
        [-15, -15, size + 30],
        [12, 12, size - 24],
      ] as const) {
        const other = await landmarker.locate(cut({ x, y, width: side, height: side }, 224))
        const back = (at: Point): Point => [x + (at[0] * side) / 224, y + (at[1] * side) / 224]
        expect(disagreement(portrait.landmarks, other, back), name).toBeLessThan(0.02)
      }
      const wide = cut({ x: -size / 4, y: -size / 4, width: 1.5 * size, height: 1.5 * size }, 400)
      const other = await landmarker.locate(wide, { around: faceBoxInCrop(wide, 1.5) })
      const back = (at: Point): Point => [(at[0] * 1.5 * size) / 400 - size / 4, (at[1] * 1.5 * size) / 400 - size / 4]
      expect(disagreement(portrait.landmarks, other, back), name).toBeLessThan(0.01)
    }
  }, 30_000)

  test('keep their landmarks when turned', async () => {
    for (const portrait of all) {
      for (const degrees of [20, -20]) {
        const { image, back } = turned(portrait.image, degrees)
        expect(disagreement(portrait.landmarks, await landmarker.locate(image), back), portrait.name).toBeLessThan(
          0.025,
        )
      }
    }
  })

  test('have the landmarks of the other side when mirrored', async () => {
    for (const portrait of all) {
      const other = await landmarker.locate(mirrored(portrait.image))
      expect(
        disagreement(portrait.landmarks, other, ([x, y]) => [size - x, y], mirrorPairs),
        portrait.name,
      ).toBeLessThan(0.03)
    }
  })

  test('have the same landmarks each time, on the grid', async () => {
    const { image, landmarks } = all[0]!
    const again = await Promise.all([1, 2, 3].map(() => landmarker.locate(image)))
    for (const other of again) expect(other).toEqual(landmarks)
    for (const place of landmarks) expect(Number.isInteger(16 * place)).toBe(true)
    await using second = await openLandmarker({ threads: 2 })
    expect(await second.locate(image)).toEqual(landmarks)
  })
})

describe('landmarks', () => {
  const image = grey({ width: 120, height: 120 }, 90)

  test('of no face are not believed', async () => {
    const { landmarks, presence } = await landmarker.mesh(image)
    expect(presence).toBeLessThan(0.1)
    expect(landmarks).toHaveLength(2 * landmarkCount)
    expect(landmarks.every(Number.isFinite)).toBe(true)
  })

  test('refuse what is no picture, and unknown options by name', async () => {
    const refused = (given: unknown, options: unknown, message: string) =>
      expect(landmarker.locate(given as Image, options as never)).rejects.toMatchObject({
        code: 'option-invalid',
        message: expect.stringContaining(message),
      })
    await refused({ ...image, width: 119 }, {}, 'expected a picture')
    await refused(frameOf(image), {}, 'expected a picture')
    await refused(image, { arround: {} }, 'unknown key "arround" (did you mean "around"?)')
    await refused(image, { around: { x: 0, y: 0, width: 0, height: 9 } }, 'around: expected a rectangle')
    await refused(image, { around: { x: Number.NaN, y: 0, width: 9, height: 9 } }, 'around: expected a rectangle')
  })

  test('end with the reason of their signal, and with the landmarker', async () => {
    const stop = new AbortController()
    const found = landmarker.locate(image, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(found).rejects.toThrow('enough')
    await expect(landmarker.locate(image, { signal: stop.signal })).rejects.toThrow('enough')
    const other = await openLandmarker()
    await other[Symbol.asyncDispose]()
    await expect(other.locate(image)).rejects.toMatchObject({ code: 'disposed' })
  })
})
