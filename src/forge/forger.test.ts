import { describe, expect, test } from 'vitest'
import { areaNames } from '../face/landmarks/areas.ts'
import { Random } from '../tensor/random.ts'
import { type ForgeRequest, openForger } from './forger.ts'
import type { ForgeRecipeInput } from './recipe.ts'
import type { Resynthesiser } from './resynthesiser.ts'
import { likeness, madeFace, madeLandmarks, plain } from './testing/face.ts'

const source = madeFace(120)
const still: ForgeRequest = { source, margin: 1.25, size: 96, frames: 1 }
const donor = madeFace(100, 1, 2)
const clip: ForgeRequest = { ...still, source: madeFace(120, 6), frames: 6, snippets: 2, donor }

/** Something else in the place of the face. */
const negative: Resynthesiser = {
  resynthesise: async (images) => images.map((image) => ({ ...image, data: image.data.map((value) => 255 - value) })),
}

async function forged(recipe: ForgeRecipeInput, request: ForgeRequest, seed: number | string = 1) {
  const forger = await openForger(recipe, { resynthesiser: negative })
  return forger.pair(request, new Random(seed))
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a pair', () => {
  test('is decided by request and random state alone', async () => {
    const forger = await openForger({}, { resynthesiser: negative })
    const random = new Random(5)
    const { state } = random
    const one = await forger.pair(clip, random)
    await forger.pair(still, new Random(6))
    expect(await forger.pair(clip, Random.fromState(state))).toEqual(one)
    expect(await forger.pair(clip, random)).not.toEqual(one)
  })

  test.each(['self', 'swap', 'resynthesis'] as const)(
    'of kind %s differs in every area, mostly within the mask',
    async (kind) => {
      for (const region of areaNames) {
        const recipe = { ...plain, mask: { strengths: [1] }, blend: { poisson: 0 } }
        const { real, fake, masks, kind: made } = await forged(recipe, { ...clip, kind, region }, region)
        expect(made).toBe(kind)
        const [inside, outside]: [number[], number[]] = [[], []]
        for (const [t, mask] of masks.entries()) {
          for (const [i, share] of mask.entries()) {
            const by = Math.abs(real[t]!.data[3 * i]! - fake[t]!.data[3 * i]!)
            if (share > 128) inside.push(by)
            else if (share === 0) outside.push(by)
          }
        }
        expect(mean(inside), region).toBeGreaterThan(1)
        // What is left is of the chroma of pixels nearby, as YUV has it at half the size.
        expect(mean(outside), region).toBeLessThan(0.02 * mean(inside))
      }
    },
  )

  test('has one mask a frame, the larger the larger the area', async () => {
    const sum = async (region: (typeof areaNames)[number]) => {
      const { masks } = await forged({ ...plain, mask: { strengths: [1] }, temporal: { drop: 0 } }, { ...clip, region })
      expect(masks.map(({ length }) => length)).toEqual(Array(6).fill(96 * 96))
      return masks.reduce((total, mask) => total + mask.reduce((a, b) => a + b, 0), 0)
    }
    const [whole, inner, lower, mouth] = [
      await sum('wholeFace'),
      await sum('innerFace'),
      await sum('lowerFace'),
      await sum('mouth'),
    ]
    expect(whole).toBeGreaterThan(inner)
    expect(inner).toBeGreaterThan(lower)
    expect(lower).toBeGreaterThan(mouth)
    expect(mouth).toBeGreaterThan(0)
  })

  test('without strength or change is twice the same', async () => {
    const none = { shift: 0, hue: 0, saturation: 0, brightness: 0, contrast: 0, soften: 0, sharpen: 0 }
    const move = { across: 0, down: 0, zoom: 0, roll: 0, elastic: 0 }
    const temporal = { jitter: 0, flicker: 0, drift: 0, repeat: 0, drop: 0, slide: 0 }
    const settings: ForgeRecipeInput[] = [
      { mask: { strengths: [0] }, degrade: { noise: 0 }, motion: { noise: [0, 0] } },
      { change: none, move, temporal, blend: { poisson: 0 }, degrade: { noise: 0 }, motion: { noise: [0, 0] } },
    ]
    for (const recipe of settings) {
      for (let seed = 0; seed < 6; seed++) {
        for (const request of [still, clip]) {
          const { real, fake } = await forged(recipe, { ...request, kind: 'self' }, seed)
          expect(fake).toEqual(real)
        }
      }
    }
  })
})

test('a real clip alone looks like the real one of a pair', async () => {
  const forger = await openForger({ change: { surroundings: 0 } })
  for (const request of [still, clip]) {
    expect(await forger.real(request, new Random(3))).toEqual((await forger.pair(request, new Random(3))).real)
  }
})

const degradations = ['rescale', 'colour', 'blur', 'denoise', 'sharpen', 'noise', 'jpeg', 'h264'] as const

test.each(degradations)('%s degrades both alike', async (name) => {
  const degrade = { ...plain.degrade, [name]: 1 }
  const clear = await forged(plain, { ...clip, kind: 'self' })
  const { real, fake } = await forged({ ...plain, degrade }, { ...clip, kind: 'self' })
  expect(real).toHaveLength(6)
  expect(real).not.toEqual(clear.real)
  expect(Math.abs(likeness(real, clear.real) - likeness(fake, clear.fake))).toBeLessThan(1.5)
})

describe('extremes', () => {
  test.each([
    ['a tiny picture', { source: madeFace(16), margin: 1.25, size: 8, frames: 1 }],
    ['no margin', { ...still, margin: 1 }],
    ['a large result', { ...still, size: 300 }],
    ['snippets of one frame', { ...still, frames: 3, snippets: 3 }],
  ] as const)('%s', async (_, request) => {
    for (let seed = 0; seed < 8; seed++) {
      const { real, fake, masks } = await forged({}, request, seed)
      for (const { width, data } of [...real, ...fake])
        expect([width, data.length]).toEqual([request.size, 3 * request.size ** 2])
      expect(masks.every(({ length }) => length === request.size ** 2)).toBe(true)
    }
  })

  test.each([
    ['at the border', { x: 0.02, y: 0.05 }],
    ['outside', { x: 3, y: -2 }],
    ['in one point', { width: 0 }],
    ['larger than the picture', { width: 4 }],
    ['upside down', { angle: Math.PI }],
  ])('landmarks %s', async (_, place) => {
    const landmarks = [madeLandmarks(120, place)]
    for (let seed = 0; seed < 6; seed++) {
      const request = { ...still, source: { ...source, landmarks }, donor, frames: 2 }
      const { fake } = await forged({ temporal: { repeat: 1, drift: 1, slide: 1 } }, request, seed)
      expect(fake).toHaveLength(2)
    }
  })
})

test.each([
  ['a swap needs a donor', { ...still, kind: 'swap' }],
  ['5 frames are wanted of a source of 6', { ...clip, frames: 5, snippets: 1 }],
  ['6 frames cannot be 4 snippets', { ...clip, snippets: 4 }],
  ['no images', { ...still, source: { images: [], landmarks: [] } }],
  ['not 936 numbers', { ...still, source: { ...source, landmarks: [new Float32Array(12)] } }],
  ['margin of 0.5', { ...still, margin: 0.5 }],
] as const)('%s', async (message, request) => {
  const forger = await openForger()
  await expect(forger.pair(request as ForgeRequest, new Random(1))).rejects.toThrow(message)
})

test('a resynthesis needs generators, a recipe known keys', async () => {
  const forger = await openForger()
  await expect(forger.pair({ ...still, kind: 'resynthesis' }, new Random(1))).rejects.toThrow('needs generators')
  await expect(openForger({ degrade: { crv: [1, 2] } } as ForgeRecipeInput)).rejects.toThrow('did you mean "crf"')
})
