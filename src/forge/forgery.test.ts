import { expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { nearestDonor } from './donor.ts'
import { pasteBack } from './paste-back.ts'
import { forgeRecipe } from './recipe.ts'
import { madeFace, madeImage, madeLandmarks } from './testing/face.ts'
import { Twin } from './twin.ts'

const recipe = forgeRecipe.parse({})
const clip = madeFace(120, 12)
const few = { images: clip.images.slice(0, 4), landmarks: clip.landmarks.slice(0, 4) }

async function twinOf(frames: typeof clip, seed: number) {
  const twin = new Twin(recipe, { kind: 'self' }, new Random(seed))
  const forged = []
  for (const [i, image] of frames.images.entries()) forged.push(await twin.frame(image, frames.landmarks[i]!, i / 25))
  return forged
}

test('beyond the mask a fake is its real frame, whatever is drawn', async () => {
  for (let seed = 0; seed < 30; seed++) {
    for (const { real, fake, mask } of await twinOf(few, seed)) {
      const outside = fake.data.filter((_, i) => mask[(i / 3) | 0] === 0)
      const before = real.data.filter((_, i) => mask[(i / 3) | 0] === 0)
      // A share below half a step of the mask can still round a level away.
      expect(outside.every((value, i) => Math.abs(value - before[i]!) <= 1)).toBe(true)
      expect(outside.filter((value, i) => value !== before[i]).length).toBeLessThan(0.01 * outside.length)
    }
  }
})

test('a twin begins alike however long it goes on', async () => {
  expect(await twinOf(few, 3)).toEqual((await twinOf(clip, 3)).slice(0, 4))
})

test('only what was forged is put back into a frame, also at its edge', async () => {
  const frame: Image = { width: 150, height: 130, data: Uint8Array.from({ length: 3 * 150 * 130 }, (_, i) => i % 251) }
  for (const [x, y] of [
    [10, 5],
    [-40, -30],
    [100, 90],
  ] as const) {
    const [forged] = await twinOf({ images: clip.images.slice(0, 1), landmarks: clip.landmarks.slice(0, 1) }, 2)
    const { fake, mask } = pasteBack(frame, forged!, { x, y, width: 120, height: 120 })
    expect(fake.data.some((value, i) => value !== frame.data[i])).toBe(true)
    expect(fake.data.every((value, i) => value === frame.data[i] || mask.data[i]! > 0)).toBe(true)
  }
})

test('the nearest donor is the one of the same pose', () => {
  const candidates = [0.9, 0.5, 0.7].map((squeeze) => {
    const landmarks = madeLandmarks(200, { angle: 0.4 }).map((value, i) => (i % 2 === 0 ? 40 + squeeze * value : value))
    return { images: [madeImage(32, madeLandmarks(32))], landmarks: [landmarks] }
  })
  expect(nearestDonor(madeLandmarks(120, { angle: 0.4 }), candidates)).toBe(candidates[0])
  expect(nearestDonor(madeLandmarks(120), [])).toBeUndefined()
})
