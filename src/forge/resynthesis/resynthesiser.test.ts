import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { areaPolygons } from '../../face/landmarks/areas.ts'
import { type Device, openDevice } from '../../runtime/index.ts'
import { Random } from '../../tensor/random.ts'
import { madeImage, madeLandmarks } from '../testing/face.ts'
import { encodeGenerators, type Generators } from './generators.ts'
import { drawManner } from './manner.ts'
import { type GeneratorResynthesiser, openResynthesiser } from './resynthesiser.ts'
import { facePoints, squareOf } from './square.ts'
import { named, smallShape, trained } from './testing/made-faces.ts'

let device: Device
let bytes: Uint8Array<ArrayBuffer>
let generators: Generators
let resynthesiser: GeneratorResynthesiser
beforeAll(async () => {
  device = await openDevice({ device: 'cpu', threads: 2 })
  const swap = await trained(device, smallShape, 40)
  const lip = await trained(device, { ...smallShape, part: 'lower', upsampling: 'nearest' }, 10)
  generators = named({ swap: swap.generator, lip: lip.generator })
  bytes = await encodeGenerators(generators)
  resynthesiser = await openResynthesiser(bytes)
})
afterAll(async () => {
  await resynthesiser?.[Symbol.asyncDispose]()
  await device.dispose()
})

const landmarks = [0, 0.05, 0.1].map((angle) => madeLandmarks(128, { angle, width: 0.45 }))
const images = landmarks.map((points, i) => madeImage(128, points, i))

test('faces are made anew, what is around them stays', async () => {
  const made = await resynthesiser.resynthesise(images, landmarks, new Random(1))
  for (const [i, { width, height, data }] of made.entries()) {
    expect([width, height]).toEqual([128, 128])
    const before = images[i]!.data
    const nose = 3 * (Math.round(landmarks[i]![3]!) * 128 + Math.round(landmarks[i]![2]!))
    const around = Array.from({ length: 300 }, (_, k) => nose - 450 + k * 3)
    expect(around.some((at) => data[at] !== before[at])).toBe(true)
    expect([...data.subarray(0, 3 * 128)]).toEqual([...before.subarray(0, 3 * 128)])
    const mean = data.reduce((sum, value, at) => sum + Math.abs(value - before[at]!), 0) / data.length
    expect(mean).toBeLessThan(12)
  }
})

test('the same stream gives the same bits, whatever was made before; another one another clip', async () => {
  const make = (seed: number) => resynthesiser.resynthesise(images, landmarks, new Random(seed))
  const first = await make(1)
  const others = await Promise.all([2, 3, 4, 5].map(make))
  expect(await make(1)).toEqual(first)
  expect(others.some((other) => other[0]!.data.some((value, i) => value !== first[0]!.data[i]))).toBe(true)
})

test('a frame is made as it is alone: nothing but the draws is shared', async () => {
  const together = await resynthesiser.resynthesise(images, landmarks, new Random(9))
  const alone = await resynthesiser.resynthesise([images[2]!], [landmarks[2]!], new Random(9))
  expect(alone[0]).toEqual(together[2])
})

test('generators of the lower face are for its areas only', () => {
  const parts = (area: Parameters<typeof drawManner>[1], of = generators) =>
    new Set(Array.from({ length: 40 }, (_, i) => drawManner(of, area, new Random(i)).generator.shape.part))
  expect([...parts('mouth')].toSorted()).toEqual(['inner', 'lower'])
  expect([...parts('lowerFace')].toSorted()).toEqual(['inner', 'lower'])
  expect([...parts('wholeFace')]).toEqual(['inner'])
  expect([...parts(undefined)]).toEqual(['inner'])
  const lip = generators.generators.get('lip')!
  expect([...parts('eyes', named({ lip }))]).toEqual(['lower'])
})

test.each([
  ['inner', 'innerFace'],
  ['lower', 'mouth'],
] as const)('the square of the %s face holds its area, %s', (part, area) => {
  const points = madeLandmarks(256, { width: 0.4, angle: 0.2 })
  const { x, y, a, b } = squareOf(facePoints(points), part)
  for (const polygon of areaPolygons(area, points)) {
    for (let i = 0; i < polygon.length; i += 2) {
      const [across, down] = [polygon[i]! - x, polygon[i + 1]! - y]
      const [u, v] = [(a * across + b * down) / (a * a + b * b), (a * down - b * across) / (a * a + b * b)]
      expect(Math.min(u, v, 1 - u, 1 - v)).toBeGreaterThan(0)
    }
  }
})

test('a file is opened by its path; what is none is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'generators-'))
  try {
    const path = join(folder, 'faces.safetensors')
    await writeFile(path, bytes)
    await using own = await openResynthesiser(path, { threads: 1 })
    expect(await own.resynthesise(images, landmarks, new Random(1))).toEqual(
      await resynthesiser.resynthesise(images, landmarks, new Random(1)),
    )
    await expect(openResynthesiser(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-access' })
    await writeFile(path, bytes.subarray(8))
    await expect(openResynthesiser(path)).rejects.toMatchObject({
      code: 'safetensors-format',
      message: expect.stringContaining(path),
    })
    await expect(openResynthesiser(bytes, { thread: 1 } as never)).rejects.toThrow(/did you mean "threads"/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
