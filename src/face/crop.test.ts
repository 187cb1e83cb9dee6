import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { cropRegions } from './crop.ts'
import type { TrackFrame } from './face.ts'
import { onGrid, regionOnGrid } from './grid.ts'
import { interpolate } from './interpolate.ts'
import { faceAt } from './testing/looks.ts'

type Path = (seconds: number) => readonly [x: number, y: number, width: number]

/** Looks at a face that moves along a path, with its numbers on the grid. */
function track(path: Path, rate: number, seconds: number, from = 0): TrackFrame[] {
  return Array.from({ length: Math.round(rate * seconds) + 1 }, (_, i) => {
    const time = from + i / rate
    const face = faceAt(...path(time), 0.9)
    return { ...face, box: regionOnGrid(face.box), index: undefined, seconds: time }
  })
}

const times = (from: number, count: number, rate = 25) => Array.from({ length: count }, (_, i) => from + i / rate)
const centres = (regions: ReturnType<typeof cropRegions>) =>
  regions.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const)

describe('crops', () => {
  test('of a face at rest are one and the same: 1.45 times the box, 8 % higher', () => {
    const regions = cropRegions(
      track(() => [400, 300, 100], 10, 5),
      times(1, 20),
    )
    for (const region of regions) expect(region).toEqual(regions[0])
    expect(regions[0]).toMatchObject({ width: 145, height: 145 })
    expect(centres(regions)[0]).toEqual([400, expect.closeTo(300 - 0.08 * 145, 0)])
  })

  test('have one size however the box changes', () => {
    const regions = cropRegions(
      track((t) => [400, 300, 100 + 10 * Math.sin(9 * t)], 25, 5),
      times(1, 100),
    )
    expect(new Set(regions.map(({ width }) => width)).size).toBe(1)
    expect(regions[0]!.width).toBeCloseTo(145, -1)
  })

  test('follow even movement without lag, whatever the rate of looks', () => {
    for (const rate of [5, 10, 25, 60]) {
      const regions = cropRegions(
        track((t) => [200 + 80 * t, 300 - 20 * t, 100], rate, 5),
        times(1, 60),
      )
      for (const [i, [x, y]] of centres(regions).entries()) {
        expect(Math.abs(x - (200 + 80 * (1 + i / 25)))).toBeLessThan(0.2)
        expect(Math.abs(y - (300 - 0.08 * 145 - 20 * (1 + i / 25)))).toBeLessThan(0.2)
      }
    }
  })

  test('tremble far less than the boxes', () => {
    const random = new Random(3)
    const trembling = track(() => [400 + random.normal(0, 3), 300 + random.normal(0, 3), 100], 25, 8)
    const xs = centres(cropRegions(trembling, times(1, 150))).map(([x]) => x)
    const spread = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, x) => sum + (x - 400) ** 2, 0) / values.length)
    const bend = (values: readonly number[]) =>
      values.slice(2).reduce((sum, x, i) => sum + Math.abs(x - 2 * values[i + 1]! + values[i]!), 0) / values.length
    const boxes = trembling.slice(25, 175).map(({ box }) => box.x + box.width / 2)
    expect(spread(xs)).toBeLessThan(0.5 * spread(boxes))
    expect(bend(xs)).toBeLessThan(0.12 * bend(boxes))
  })

  test('lie on a grid that is fine for their size', () => {
    const random = new Random(6)
    for (const width of [30, 90, 300, 900]) {
      const regions = cropRegions(
        track(() => [random.uniform(500, 900), 700, width], 10, 3),
        times(0, 70),
      )
      const grid = Math.max(1 / 8, 2 ** Math.floor(Math.log2((1.45 * width) / 512)))
      for (const { x, y, width: side } of regions)
        for (const value of [x, y, side]) expect(Number.isInteger(value / grid)).toBe(true)
    }
  })

  test('stand still before the first look and after the last, and need but one', () => {
    const frames = track((t) => [200 + 50 * t, 300, 100], 10, 2)
    const [before, after] = centres(cropRegions(frames, [-5, 9]))
    expect([before![0], after![0]]).toEqual([200, 300])
    expect(cropRegions(frames.slice(0, 1), [0, 1])).toHaveLength(2)
    expect(cropRegions(frames, [])).toEqual([])
  })
})

describe('between looks', () => {
  const frames = track((t) => [200 + 80 * t, 300, 100 + 8 * t], 10, 2)

  test('box and features move on straight lines, on the grid', () => {
    for (const time of [0.05, 0.63, 1.999]) {
      const { box, keypoints, seconds } = interpolate(frames, time)!
      expect(seconds).toBe(time)
      expect(box.x + box.width / 2).toBeCloseTo(200 + 80 * time, 0)
      expect(keypoints.nose[0]).toBeCloseTo(200 + 80 * time, 0)
      for (const value of [...Object.values(box), ...keypoints.mouth]) expect(onGrid(value)).toBe(value)
    }
  })

  test('at a look it is the look', () => {
    expect(interpolate(frames, frames[7]!.seconds)).toBe(frames[7])
  })

  test('there is nothing before, after, or in a long gap', () => {
    const gap = [...frames, ...track(() => [400, 300, 100], 10, 1, 5)]
    for (const time of [-0.1, 3, 6.1]) expect(interpolate(gap, time)).toBeUndefined()
    expect(interpolate(gap, 3, 4)).toBeDefined()
    expect(interpolate([], 1)).toBeUndefined()
  })
})
