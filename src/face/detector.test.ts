import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'
import { type FaceDetector, openFaceDetector } from './detector.ts'
import { overlap } from './geometry.ts'
import { firstFrame, frameOf, grey, paste, scaled, storedTurned } from './testing/pictures.ts'

const stills = sharedFile('data/train/stills')
const needed = stills === undefined ? ' (skipped: needs ../shared/data)' : ''

let detector: FaceDetector
beforeAll(async () => {
  detector = await openFaceDetector()
})
afterAll(async () => {
  await detector[Symbol.asyncDispose]()
})

/** Every so manieth picture of a folder. */
function some(folder: string, each: number): string[] {
  return readdirSync(`${stills}/${folder}`)
    .filter((_, i) => i % each === 0)
    .map((name) => `${stills}/${folder}/${name}`)
}

describe.skipIf(needed !== '')(`stills${needed}`, () => {
  test.each([
    ['lfw', 58, 0.8],
    ['london', 8, 1],
    ['congress', 15, 1],
  ])('of %s show a face each', async (folder, each, alone) => {
    const counts: number[] = []
    for (const path of some(folder, each)) {
      const frame = await firstFrame(path)
      const faces = await detector.detect(frame)
      counts.push(faces.length)
      for (const { box, keypoints } of faces.slice(0, 1)) {
        // They are portraits: the face is around the middle and upright.
        const middle = {
          x: 0.35 * frame.width,
          y: 0.35 * frame.height,
          width: 0.3 * frame.width,
          height: 0.3 * frame.height,
        }
        expect(overlap(box, middle)).toBeGreaterThan(0.1)
        expect(keypoints.leftEye[0]).toBeLessThan(keypoints.rightEye[0])
        expect(keypoints.leftEye[1]).toBeLessThan(keypoints.mouth[1])
      }
    }
    const share = (count: (faces: number) => boolean) => counts.filter(count).length / counts.length
    expect(share((faces) => faces > 0)).toBeGreaterThanOrEqual(0.98)
    // People stand behind some of those of LFW.
    expect(share((faces) => faces === 1)).toBeGreaterThanOrEqual(alone)
  })

  test('stored turned show the same face', async () => {
    const frame = frameOf(scaled(await firstFrame(some('london', 100)[0]!), { width: 384, height: 512 }))
    const [upright] = await detector.detect(frame)
    for (const rotation of [90, 180, 270] as const) {
      const [turned, ...rest] = await detector.detect(storedTurned(frame, rotation))
      expect(rest).toEqual([])
      expect(overlap(turned!.box, upright!.box)).toBeGreaterThan(0.97)
      expect(turned!.keypoints.nose[0]).toBeCloseTo(upright!.keypoints.nose[0], -1)
    }
  })

  test.each([
    [40, { width: 1920, height: 1080 }],
    [28, { width: 1280, height: 720 }],
  ])('are found %s pixels wide in a picture of %o', async (width, size) => {
    const random = new Random(2)
    let inWhole = 0
    const paths = [...some('london', 90), ...some('congress', 160)]
    for (const path of paths) {
      const still = await firstFrame(path)
      const [large] = await detector.detect(still)
      const shrink = width / large!.box.width
      const small = scaled(still, {
        width: Math.round(still.width * shrink),
        height: Math.round(still.height * shrink),
      })
      const canvas = grey(size, 90)
      const x = random.integer(canvas.width - small.width)
      const y = random.integer(canvas.height - small.height)
      paste(canvas, small, x, y)
      const { box } = large!
      const wanted = { x: x + box.x * shrink, y: y + box.y * shrink, width, height: width }
      const frame = frameOf(canvas)
      inWhole += (await detector.detect(frame, { small: 'never' })).length
      for (const small of ['auto', 'always'] as const) {
        const [face, ...rest] = await detector.detect(frame, { small })
        expect(rest).toEqual([])
        expect(overlap(face!.box, wanted)).toBeGreaterThan(0.75)
      }
      const [expected, ...rest] = await detector.detect(frame, { small: 'never', expected: [wanted] })
      expect(rest).toEqual([])
      expect(overlap(expected!.box, wanted)).toBeGreaterThan(0.75)
    }
    expect(inWhole).toBeLessThan(paths.length)
  })

  test('are found when the face fills the picture', async () => {
    for (const path of some('london', 60)) {
      const still = await firstFrame(path)
      const [face] = await detector.detect(still)
      const picture = crop(still, face!.box, { width: 200, height: 200 })
      const [found, ...rest] = await detector.detect(frameOf(picture))
      expect(rest).toEqual([])
      expect(overlap(found!.box, { x: 0, y: 0, width: 200, height: 200 })).toBeGreaterThan(0.7)
    }
  })
})

describe('nothing', () => {
  const random = new Random(9)
  const made = (of: (x: number, y: number) => number): Image => {
    const image = grey({ width: 800, height: 450 }, 0)
    for (let i = 0; i < image.data.length; i++) image.data[i] = of(Math.floor(i / 3) % 800, Math.floor(i / 2400))
    return image
  }
  test.each([
    ['black', grey({ width: 640, height: 480 }, 0)],
    ['noise', made(() => random.integer(256))],
    ['a gradient', made((x, y) => (x + y) / 5)],
    ['stripes', made((x) => (x % 40 < 20 ? 30 : 220))],
    ['rings', made((x, y) => 128 + 100 * Math.cos(Math.sqrt((x - 400) ** 2 + (y - 225) ** 2) / 12))],
    ['one pixel', grey({ width: 1, height: 1 }, 200)],
  ])('is found in %s', async (_, image) => {
    for (const small of ['auto', 'always'] as const)
      expect(await detector.detect(frameOf(image), { small })).toEqual([])
  })
})

describe('detection', () => {
  const frame = frameOf(grey({ width: 320, height: 240 }, 100))

  test('refuses unknown options by name', async () => {
    await expect(detector.detect(frame, { smal: 'auto' } as never)).rejects.toMatchObject({
      code: 'option-invalid',
      message: 'face detection: unknown key "smal" (did you mean "small"?)',
    })
    await expect(detector.detect(frame, { least: 2 })).rejects.toMatchObject({ code: 'option-invalid' })
  })

  test('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    const found = detector.detect(frame, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(found).rejects.toThrow('enough')
    await expect(detector.detect(frame, { signal: stop.signal })).rejects.toThrow('enough')
    expect(await detector.detect(frame)).toEqual([])
  })

  test('takes the model from the caller, and refuses what is none', async () => {
    await expect(openFaceDetector({ model: new Uint8Array(9) })).rejects.toMatchObject({ code: 'device-failed' })
  })

  test('is over with the detector', async () => {
    const other = await openFaceDetector()
    await other[Symbol.asyncDispose]()
    await expect(other.detect(frame)).rejects.toMatchObject({ code: 'disposed' })
  })
})
