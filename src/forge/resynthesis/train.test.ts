import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UnmaskError } from '../../errors.ts'
import { type Device, openDevice } from '../../runtime/index.ts'
import { Random } from '../../tensor/random.ts'
import { drawBatch } from './batches.ts'
import { madeFaces, smallShape, trained } from './testing/made-faces.ts'
import { trainGenerators } from './train.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu', threads: 2 })
})
afterAll(() => device.dispose())

describe('a batch', () => {
  test('shows faces in -1 to 1, disturbed but not beyond recognition', () => {
    const { input, target } = drawBatch(madeFaces, smallShape, 6, new Random(1))
    expect([input.shape, target.shape]).toEqual([[6, 3, 32, 32], [6, 3, 32, 32]]) // biome-ignore format: one line
    const distances = input.data.map((value, i) => Math.abs(value - target.data[i]!))
    const mean = distances.reduce((sum, value) => sum + value) / distances.length
    expect(mean).toBeGreaterThan(0.002)
    expect(mean).toBeLessThan(0.1)
    for (const { data } of [input, target]) expect(Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(1)
  })

  test('is the same for the same seed, and another for another', () => {
    const draw = (seed: number) => drawBatch(madeFaces, smallShape, 2, new Random(seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).target).not.toEqual(draw(2).target)
  })

  test('shows large faces more often', () => {
    const shown = new Map<number, number>()
    const counted = madeFaces.map((face) => ({
      ...face,
      get image() {
        shown.set(face.width, (shown.get(face.width) ?? 0) + 1)
        return face.image
      },
    }))
    drawBatch(counted, { ...smallShape, size: 8, encoder: [4] }, 400, new Random(1))
    expect(shown.get(47)!).toBeGreaterThan(3 * (shown.get(40) ?? 0))
  })
})

test('what is made comes nearer to what it should be', async () => {
  const { distances, generator } = await trained(device, smallShape, 60)
  expect(distances).toHaveLength(60)
  expect(distances.at(-1)!).toBeLessThan(0.85 * distances[0]!)
  expect(generator.steps).toBe(60)
  expect(Object.keys(generator.weights)).toContain('encoder.0.weight')
})

test('with a judge too, whose weights are not kept; what it says changes what is learnt', async () => {
  const judged = await trained(device, { ...smallShape, adversary: 0.05 }, 60)
  const alone = await trained(device, smallShape, 60)
  expect(judged.distances.at(-1)!).toBeLessThan(0.85 * judged.distances[0]!)
  expect(Object.keys(judged.generator.weights)).toEqual(Object.keys(alone.generator.weights))
  // until the judge comes in they are the same
  expect(judged.distances.slice(0, 24)).toEqual(alone.distances.slice(0, 24))
  expect(judged.distances[40]).not.toBe(alone.distances[40])
})

test('the same seed gives the same bits, another one others', async () => {
  const shape = { ...smallShape, adversary: 0.02 }
  const runs = [await trained(device, shape, 12), await trained(device, shape, 12), await trained(device, shape, 12, 2)]
  expect(runs[0]).toEqual(runs[1])
  expect(runs[0]!.generator.weights).not.toEqual(runs[2]!.generator.weights)
})

test('interrupted, it keeps what is worth keeping', async () => {
  const stopAfter = async (steps: number) => {
    const stop = new AbortController()
    return await trainGenerators(madeFaces, 'made', { shapes: ['swap-64-shuffle', 'lip-96-bilinear'], steps: 8, batch: 1 }, device, {
      signal: stop.signal,
      onProgress: ({ done, total }) => {
        expect(total).toBe(16)
        if (done === steps) stop.abort()
      },
    }) // biome-ignore format: one line
  }
  expect([...(await stopAfter(1)).generators.keys()]).toEqual([])
  expect([...(await stopAfter(3)).generators.values()].map(({ steps }) => steps)).toEqual([3])
  expect([...(await stopAfter(9)).generators.keys()]).toEqual(['swap-64-shuffle'])
  expect([...(await stopAfter(99)).generators.values()].map(({ steps }) => steps)).toEqual([8, 8])
})

test('settings that mean nothing are refused', async () => {
  const wrong = trainGenerators(madeFaces, '', { steps: 0, stepz: 1 } as never, device)
  await expect(wrong).rejects.toThrow(UnmaskError)
  await expect(wrong).rejects.toThrow(/stepz.*did you mean "steps"/)
})
