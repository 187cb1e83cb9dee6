import { expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { planesOfImage } from '../video/planes-of-image.ts'
import { greyOf } from './paste-back.ts'
import { forgeRecipe } from './recipe.ts'
import { drawView, viewOf, viewOfMask } from './view.ts'

const side = 90

test('a mask is seen as the picture is: shifted, resized, mirrored', () => {
  const mask = Uint8Array.from(
    { length: side * side },
    (_, i) => 255 * Math.exp(-(((i % side) - 30) ** 2 + (i / side - 50) ** 2) / 300),
  )
  const image = greyOf(mask, side)
  const colour = { matrix: 'bt601', range: 'full', chroma: 'centre' } as const
  const upright = { rotation: 0, flip: false, pixelAspect: 1, seconds: 0, index: undefined } as const
  const frame = { width: side, height: side, colour, ...upright, data: planesOfImage(image, colour) }
  const random = new Random(1)
  let flips = 0
  for (let i = 0; i < 20; i++) {
    const plan = drawView(forgeRecipe.parse({}).view, 1.25, random)
    const seen = viewOf(frame, plan, 64).data.filter((_, at) => at % 3 === 0)
    const masked = viewOfMask(mask, side, plan, 64)
    expect(Math.max(...masked.map((value, at) => Math.abs(value - seen[at]!)))).toBeLessThanOrEqual(1)
    flips += plan.flip ? 1 : 0
  }
  expect(flips).toBeGreaterThan(3)
  expect(flips).toBeLessThan(17)
})

test('what is shown never leaves the crop', () => {
  const { view } = forgeRecipe.parse({ view: { shift: 0.5, zoom: [0.3, 3] } })
  const random = new Random(2)
  for (let i = 0; i < 200; i++) {
    const plan = drawView(view, 1.25, random)
    expect(Math.min(plan.x, plan.y)).toBeGreaterThanOrEqual(0)
    expect(Math.max(plan.x, plan.y) + plan.side).toBeLessThanOrEqual(1 + 1e-12)
  }
})
