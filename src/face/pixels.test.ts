import { describe, expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { Random } from '../tensor/random.ts'
import type { Frame } from '../video/frame.ts'
import type { Region } from '../video/image.ts'
import { blend, portraitDistance, portraitOf } from './portrait.ts'
import { cut, sceneDistance, sceneOf } from './scene.ts'
import { sharpnessOf } from './sharpness.ts'
import { firstFrame, frameOf, grey, paste, scaled } from './testing/pictures.ts'

const names = ['canada_003f', 'canada_008f', 'neutral_front_001_03', 'neutral_front_010_03']
const paths = names
  .map((name) => sharedFile(`data/train/stills/london/${name}.jpg`))
  .filter((path) => path !== undefined)
const needed = paths.length < names.length ? ' (skipped: needs ../shared/data)' : ''

/** Each level made another one. */
function relit(frame: Frame, of: (level: number) => number): Frame {
  const image = scaled(frame, frame)
  return frameOf({ ...image, data: image.data.map((level) => Math.min(Math.max(Math.round(of(level)), 0), 255)) })
}

describe.skipIf(needed !== '')(`pictures${needed}`, () => {
  const box: Region = { x: 110, y: 190, width: 180, height: 180 }
  const pictures = Promise.all(
    paths.map(async (path) => frameOf(scaled(await firstFrame(path), { width: 384, height: 512 }))),
  )

  test('of other scenes are told apart, those under other light or with noise are not', async () => {
    const random = new Random(1)
    const frames = await pictures
    for (const [i, frame] of frames.entries()) {
      const scene = sceneOf(frame)
      const flash = relit(frame, (level) => 1.4 * level + 20)
      const dim = relit(frame, (level) => 0.4 * level)
      const noisy = relit(frame, (level) => level + random.normal(0, 20))
      for (const same of [frame, flash, dim, noisy]) expect(sceneDistance(scene, sceneOf(same))).toBeLessThan(0.5 * cut)
      const black = sceneOf(frameOf(grey(frame, 0)))
      expect(sceneDistance(scene, black)).toBeGreaterThan(cut)
      expect(sceneDistance(black, sceneOf(frameOf(grey(frame, 3))))).toBeLessThan(0.01)
      for (const other of frames.slice(i + 1)) {
        expect(sceneDistance(scene, sceneOf(other))).toBe(sceneDistance(sceneOf(other), scene))
      }
    }
    // Two of the portraits are of two sets: other rooms, other framing.
    expect(sceneDistance(sceneOf(frames[0]!), sceneOf(frames[2]!))).toBeGreaterThan(0.1)
  })

  test('of other people are told apart, those of one in other light or a little aside are not', async () => {
    const frames = await pictures
    const portraits = frames.map((frame) => portraitOf(frame, box))
    for (const [i, frame] of frames.entries()) {
      const dim = relit(frame, (level) => 0.7 * level)
      const aside = { ...box, x: box.x + 8, y: box.y - 6, width: 186, height: 186 }
      expect(portraitDistance(portraits[i]!, portraits[i]!)).toBeLessThan(1e-6)
      expect(portraitDistance(portraits[i]!, portraitOf(dim, box))).toBeLessThan(0.5)
      expect(portraitDistance(portraits[i]!, portraitOf(frame, aside))).toBeLessThan(0.5)
      for (const other of portraits.slice(i + 1)) {
        const distance = portraitDistance(portraits[i]!, other)
        expect(distance).toBeGreaterThan(0.55)
        expect(portraitDistance(other, portraits[i]!)).toBeCloseTo(distance, 12)
      }
    }
  })

  test('of a face at the edge are compared by what is in the picture', async () => {
    const [frame] = await pictures
    const around = grey({ width: 384 + 200, height: 512 }, 40)
    paste(around, scaled(frame!, frame!), 200, 0)
    const left: Region = { ...box, x: box.x - 60 }
    const cutOff = portraitOf(frame!, left)
    const whole = portraitOf(frameOf(around), { ...left, x: left.x + 200 })
    expect(cutOff.inside).toContain(false)
    expect(whole.inside).not.toContain(false)
    expect(portraitDistance(cutOff, whole)).toBeLessThan(0.3)
  })

  test('blend from one to the other', async () => {
    const [a, b] = (await pictures).map((frame) => portraitOf(frame, box))
    const distances = [0, 0.3, 0.6, 1].map((share) => portraitDistance(blend(a!, b!, share), b!))
    expect(distances[3]).toBeLessThan(1e-6)
    expect(distances).toEqual(distances.toSorted((x, y) => y - x))
  })

  test('are the less sharp the smaller they were', async () => {
    for (const frame of await pictures) {
      const sharpness = [1, 1 / 2, 1 / 4, 1 / 8].map((scale) => {
        const size = { width: frame.width * scale, height: frame.height * scale }
        const { x, y, width, height } = box
        const small = { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
        return sharpnessOf(frameOf(scaled(frame, size)), small)
      })
      expect(sharpness[0]).toBeGreaterThan(0.5)
      expect(sharpness[3]).toBeLessThan(0.2)
      expect(sharpness).toEqual(sharpness.toSorted((a, b) => b - a))
      expect(
        sharpnessOf(
          relit(frame, (level) => 0.5 * level + 40),
          box,
        ),
      ).toBeCloseTo(sharpness[0]!, 1)
    }
  })
})

test('a picture without contrast is not sharp', () => {
  expect(sharpnessOf(frameOf(grey({ width: 50, height: 50 }, 99)), { x: 5, y: 5, width: 30, height: 30 })).toBe(0)
})
