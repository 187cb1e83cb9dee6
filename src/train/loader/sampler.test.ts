import { describe, expect, test } from 'vitest'
import type { DataEntry } from '../../dataset/entry.ts'
import type { CachedClip } from '../../dataset/face-clip.ts'
import { openForger } from '../../forge/forger.ts'
import type { ForgeRecipeInput } from '../../forge/recipe.ts'
import { Random } from '../../tensor/random.ts'
import type { Image } from '../../video/image.ts'
import { checkRecipe, type RecipeInput } from '../recipe.ts'
import { recipeNetwork } from '../start.ts'
import { type Pool, Sampler } from './sampler.ts'

const side = 32

const entry = (path: string, more: Partial<DataEntry> = {}): DataEntry => {
  return { path, label: 'real', subset: '', identities: [], split: null, ...more }
}

/** A clip whose frames are plain: level 40 x clip + 6 x frame, so that a picture tells where it is from. */
function plainClip(clip: number, frames: number, lift = 0): CachedClip {
  const image = (frame: number): Image => {
    return { width: side, height: side, data: new Uint8Array(side * side * 3).fill(40 * clip + 6 * frame + lift) }
  }
  const landmarks = Float32Array.from({ length: 936 }, (_, i) => 8 + ((i * 7) % 16))
  const images = Array.from({ length: frames }, (_, frame) => image(frame))
  return {
    track: 0,
    faceWidth: 20,
    clip,
    seconds: [],
    regions: [],
    images,
    landmarks: images.map(() => landmarks),
    repeated: 0,
  }
}

/** Nothing is changed on the way. */
const forge: ForgeRecipeInput = {
  motion: { noise: [0, 0] },
  settle: { roll: 0, zoom: 0 },
  degrade: { rescale: 0, colour: 0, blur: 0, noise: 0, jpeg: 0, h264: 0 },
  view: { shift: 0, zoom: [1, 1], flip: 0 },
}

async function sampler(
  sees: 'clips' | 'frames',
  pool: Omit<Pool, 'weight'>,
  clipsOf: (entry: DataEntry) => CachedClip[],
) {
  const input: RecipeInput = {
    network: { config: { input: { snippets: 2, frames: 3, size: side }, loss: { mask: 1 } } },
    data: { sources: [{ path: 'nowhere' }], given: 1, margin: 1 },
    forge,
    stages: [{ name: 'only', sees, steps: 1 }],
  }
  const recipe = checkRecipe(input)
  const { input: size } = recipeNetwork(recipe)
  const forger = await openForger(recipe.forge)
  return new Sampler([{ weight: 1, ...pool }], recipe, recipe.stages[0]!, size, forger, async (one) => clipsOf(one))
}

const levels = (images: readonly Image[]) => images.map(({ data }) => data[0]!)

describe("the data's own fakes", () => {
  const real = [entry('/a.mp4'), entry('/b.mp4')]
  const fake = [entry('/c.mp4', { label: 'fake', source: '/b.mp4' })]
  const clipsOf = ({ path }: DataEntry) => {
    const lift = path === '/a.mp4' ? 2 : path === '/c.mp4' ? 1 : 0
    return [0, 1, 2, 3].map((clip) => plainClip(clip, 6, lift))
  }

  test.each(['clips', 'frames'] as const)('lie beside the same part of what they were made from: %s', async (sees) => {
    const drawn = await sampler(sees, { real, fake, stills: new Set() }, clipsOf)
    const seen = new Set<number>()
    for (let i = 0; i < 12; i++) {
      const pair = await drawn.pair(new Random(i))
      // resampling may round; another frame would be 6 levels away
      const apart = levels(pair.fake).map((level, i) => Math.abs(level - levels(pair.real)[i]!))
      expect(Math.max(...apart)).toBeLessThan(4)
      seen.add(levels(pair.fake)[0]!)
    }
    expect(seen.size).toBeGreaterThan(1)
  })

  test('of an unknown source lie beside what is of their sort', async () => {
    const unknown = [entry('/c.mp4', { label: 'fake' }), entry('/d.jpg', { label: 'fake' })]
    const mixed = [entry('/a.jpg'), entry('/a.mp4')]
    const stills = new Set(['/a.jpg', '/d.jpg'])
    const asked: string[] = []
    const drawn = await sampler('clips', { real: mixed, fake: unknown, stills }, (one) => {
      asked.push(one.path)
      return [plainClip(0, stills.has(one.path) ? 1 : 6)]
    })
    for (let i = 0; i < 8; i++) await drawn.pair(new Random(i))
    const pairs = asked.flatMap((path, i) => (i % 2 === 0 ? [`${path} ${asked[i + 1]}`] : []))
    expect(new Set(pairs)).toEqual(new Set(['/c.mp4 /a.mp4', '/d.jpg /a.jpg']))
  })
})
