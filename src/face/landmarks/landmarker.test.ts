import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import type { Image, Region } from '../../video/image.ts'
import { crop } from '../../video/sample/crop.ts'
import { cropRegions, faceBoxInCrop } from '../crop.ts'
import { openFaceDetector } from '../detector.ts'
import type { Face, Point } from '../face.ts'
import { squareAt } from '../geometry.ts'
import { firstFrame, frameOf, grey, scaled } from '../testing/pictures.ts'
import { areaNames, areaPolygons } from './areas.ts'
import { type Landmarker, openLandmarker } from './landmarker.ts'
import { type Landmarks, landmarkCount, pointOf } from './landmarks.ts'
import { innerLips, leftEye, outerLips, rightEye } from './points.ts'
import { isInside } from './polygon.ts'
import { regionNames, regionPolygon } from './regions.ts'

const stills = sharedFile('data/train/stills')
const needed = stills === undefined ? ' (skipped: needs ../shared/data)' : ''

let landmarker: Landmarker
beforeAll(async () => {
  landmarker = await openLandmarker()
})
afterAll(async () => {
  await landmarker[Symbol.asyncDispose]()
})

interface Portrait {
  readonly name: string
  /** As `cropRegions` makes it. */
  readonly image: Image
  readonly landmarks: Landmarks
  /** Of the detector, in pixels of the crop. */
  readonly face: Face
  /** Other parts of the same picture, given in pixels of the crop. */
  readonly cut: (region: Region, size: number) => Image
}

const size = 300
const whole: Region = { x: 0, y: 0, width: size, height: size }
const everyPoint = Array.from({ length: landmarkCount }, (_, i) => i)

async function portraits(): Promise<Portrait[]> {
  const found: Portrait[] = []
  await using detector = await openFaceDetector()
  for (const [folder, each] of Object.entries({ london: 45, congress: 75, lfw: 400 })) {
    for (const name of readdirSync(`${stills}/${folder}`).filter((_, i) => i % each === 20)) {
      const frame = await firstFrame(`${stills}/${folder}/${name}`)
      const [face] = await detector.detect(frame)
      const [{ x, y, width }] = cropRegions([{ ...face!, index: 0, seconds: 0 }], [0]) as [Region]
      const scale = size / width
      const cut = (part: Region, side: number) => {
        const region = { ...squareAt([0, 0], part.width / scale), x: x + part.x / scale, y: y + part.y / scale }
        return crop(frame, region, { width: side, height: side })
      }
      const inCrop = Object.entries(face!.keypoints).map(([key, at]) => [
        key,
        [(at[0] - x) * scale, (at[1] - y) * scale],
      ])
      const image = cut(whole, size)
      const landmarks = await landmarker.locate(image)
      found.push({ name, image, landmarks, face: { ...face!, keypoints: Object.fromEntries(inCrop) }, cut })
    }
  }
  return found
}

/**
 * How far landmarks of a changed picture are from those of the picture on average, as a share of the face's width.
 * @param back from a place in the changed picture to the same in the picture
 */
function error(
  { landmarks }: Portrait,
  changed: Landmarks,
  back: (at: Point) => Point,
  points: readonly (readonly [index: number, inChanged: number])[] = everyPoint.map((i) => [i, i]),
): number {
  const [left, right] = [pointOf(landmarks, 234), pointOf(landmarks, 454)]
  const width = Math.hypot(right[0] - left[0], right[1] - left[1])
  const distances = points.map(([index, inChanged]) => {
    const [x, y] = pointOf(landmarks, index)
    const [otherX, otherY] = back(pointOf(changed, inChanged))
    return Math.hypot(otherX - x, otherY - y)
  })
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length / width
}

function middleOf(landmarks: Landmarks, indices: readonly number[]): Point {
  const points = indices.map((index) => pointOf(landmarks, index))
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return [mean(0), mean(1)]
}

/** Turned about its middle, clockwise as shown; each pixel from the nearest. */
function turned({ width, height, data }: Image, degrees: number): { image: Image; back: (at: Point) => Point } {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const back = ([x, y]: Point): Point => {
    const [u, v] = [x - width / 2, y - height / 2]
    return [width / 2 + cosine * u + sine * v, height / 2 - sine * u + cosine * v]
  }
  const image = grey({ width, height }, 0)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = back([(i % width) + 0.5, Math.floor(i / width) + 0.5])
    const column = Math.min(Math.max(Math.floor(x), 0), width - 1)
    const row = Math.min(Math.max(Math.floor(y), 0), height - 1)
    image.data.set(data.subarray(3 * (row * width + column), 3 * (row * width + column) + 3), 3 * i)
  }
  return { image, back }
}

function mirrored({ width, height, data }: Image): Image {
  const image = grey({ width, height }, 0)
  for (let i = 0; i < width * height; i++) {
    const from = 3 * (i - (i % width) + (width - 1 - (i % width)))
    image.data.set(data.subarray(from, from + 3), 3 * i)
  }
  return image
}

describe.skipIf(needed !== '')(`portraits${needed}`, () => {
  let all: Portrait[] = []
  beforeAll(async () => {
    all = await portraits()
  }, 60_000)

  test('have eyes, mouth and ears where the detector sees them', async () => {
    expect(all.length).toBeGreaterThan(15)
    for (const { name, image, landmarks, face } of all) {
      expect((await landmarker.mesh(image)).presence, name).toBeGreaterThan(0.9)
      const { keypoints, box } = face
      const inside = (region: (typeof regionNames)[number], at: Point) => isInside(regionPolygon(region, landmarks), at)
      expect(inside('leftEye', keypoints.leftEye), name).toBe(true)
      expect(inside('rightEye', keypoints.rightEye), name).toBe(true)
      expect(inside('mouth', keypoints.mouth), name).toBe(true)
      expect(inside('leftEye', middleOf(landmarks, leftEye)), name).toBe(true)
      expect(inside('rightEye', middleOf(landmarks, rightEye)), name).toBe(true)
      expect(inside('mouth', middleOf(landmarks, innerLips)), name).toBe(true)
      expect(inside('nose', pointOf(landmarks, 4)), name).toBe(true)
      expect(box.width).toBeGreaterThan(0)
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
    for (const { name, landmarks, face } of all) {
      const areas = Object.fromEntries(areaNames.map((area) => [area, areaPolygons(area, landmarks)]))
      const within = (area: string, at: Point) => areas[area]!.some((polygon) => isInside(polygon, at))
      const { leftEye: left, rightEye: right, mouth } = face.keypoints
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
        expect(error(portrait, other, back), name).toBeLessThan(0.02)
      }
      const wide = cut({ x: -size / 4, y: -size / 4, width: 1.5 * size, height: 1.5 * size }, 400)
      const other = await landmarker.locate(wide, { around: faceBoxInCrop(wide, 1.5) })
      const back = (at: Point): Point => [(at[0] * 1.5 * size) / 400 - size / 4, (at[1] * 1.5 * size) / 400 - size / 4]
      expect(error(portrait, other, back), name).toBeLessThan(0.01)
    }
  }, 30_000)

  test('keep their landmarks when turned', async () => {
    for (const portrait of all) {
      for (const degrees of [20, -20]) {
        const { image, back } = turned(portrait.image, degrees)
        expect(error(portrait, await landmarker.locate(image), back), portrait.name).toBeLessThan(0.025)
      }
    }
  })

  test('have the landmarks of the other side when mirrored', async () => {
    const pairs = [
      ...[outerLips, innerLips].flatMap((lips) => lips.map((index, i) => [index, lips[(30 - i) % 20]!] as const)),
      // Along the upper lid, then back along the lower one.
      ...leftEye.map((index, i) => [index, rightEye[(24 - i) % 16]!] as const),
    ]
    for (const portrait of all) {
      const other = await landmarker.locate(mirrored(portrait.image))
      expect(
        error(portrait, other, ([x, y]) => [size - x, y], pairs),
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
    await refused(frameOf(scaled(frameOf(image), { width: 9, height: 9 })), {}, 'expected a picture')
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
