import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import type { Batch } from '../../network/trainer.ts'
import type { OnTrainEvent } from '../events.ts'
import { type PreparedData, prepareData } from '../prepare.ts'
import { checkRecipe, type RecipeInput } from '../recipe.ts'
import { recipeNetwork } from '../start.ts'
import { Loader } from './loader.ts'

const portraits = sharedFile('data/train/stills/london')
const skipped = portraits ? '' : ' (skipped: needs ../shared/data)'

const stage = { name: 'frames', sees: 'frames', steps: 6, batch: 6, accumulate: 2 } as const
let folder: string
let input: RecipeInput

beforeAll(async () => {
  if (skipped) return
  folder = await mkdtemp(join(tmpdir(), 'unmask-loader-'))
  const names = (await readdir(portraits!)).filter((name) => /\.jpe?g$/i.test(name)).slice(0, 8)
  for (const [i, name] of names.entries()) {
    const label = i < 5 ? 'real' : 'fake'
    await mkdir(join(folder, 'data', label), { recursive: true })
    await copyFile(join(portraits!, name), join(folder, 'data', label, name))
  }
  input = {
    network: { config: { input: { size: 48 }, loss: { frame: 1, mask: 0.5 } } },
    data: { sources: [{ path: join(folder, 'data') }], crop: 64 },
    stages: [stage],
  }
})
afterAll(async () => {
  if (!skipped) await rm(folder, { recursive: true, maxRetries: 3 })
})

const ignore: OnTrainEvent = () => {}

async function load(changes: Partial<RecipeInput['data']>, workers: number, from = 0): Promise<Batch[][]> {
  const recipe = checkRecipe({ ...input, data: { ...input.data, ...changes } })
  const config = recipeNetwork(recipe)
  const cache = join(folder, 'cache')
  const { pools, crops, contents }: PreparedData = await prepareData(recipe, config, {
    cache,
    workers: 1,
    onEvent: ignore,
  })
  const job = { recipe, stage: recipe.stages[0]!, config, pools, generators: null, cache, crops, contents }
  await using loader = await Loader.open(job, { from, end: stage.steps, workers })
  const steps: Batch[][] = []
  for (let step = from; step < stage.steps; step++) steps.push([...(await loader.batches(step))])
  return steps
}

describe.skipIf(skipped !== '')(`batches${skipped}`, () => {
  test('are the same however many threads make them, and from whichever step on', async () => {
    const one = await load({}, 1)
    expect(await load({}, 2)).toEqual(one)
    expect(await load({}, 1, 4)).toEqual(one.slice(4))
    expect(one.flat().length).toBe(stage.steps * stage.accumulate)
    expect(new Set(one.flat().map(({ clip }) => (clip.data as Float32Array).join())).size).toBe(12)
  }, 60_000)

  test('hold a real one and its fake in turns, with the area that was forged in the fakes only', async () => {
    for (const { clip, labels, weights, area } of (await load({}, 1)).flat()) {
      expect(clip.shape).toEqual([6, 3, 1, 48, 48])
      expect([...labels.data]).toEqual([0, 1, 0, 1, 0, 1])
      expect([...weights!.data]).toEqual([1, 1, 1, 1, 1, 1])
      const [, , height, width] = area!.shape as [number, number, number, number]
      const cells = height * width
      const sums = [0, 1, 2, 3, 4, 5].map((i) => {
        return (area!.data as Float32Array).subarray(i * cells, (i + 1) * cells).reduce((sum, share) => sum + share, 0)
      })
      expect(sums.filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0])
      for (const share of area!.data as Float32Array) expect(share).toBeLessThanOrEqual(1.001)
    }
  }, 60_000)

  test("can be of the data's own fakes, of which no area is known", async () => {
    for (const { area } of (await load({ given: 1 }, 1)).flat()) {
      const shares = area!.data as Float32Array
      const size = shares.length / 6
      for (const [i, share] of shares.entries()) expect(share).toBe(Math.floor(i / size) % 2 === 0 ? 0 : -1)
    }
  }, 60_000)

  test('that cannot be made fail at once, with the code of what is wrong', async () => {
    const recipe = checkRecipe(input)
    const config = recipeNetwork(recipe)
    const cache = join(folder, 'cache')
    const { pools, crops, contents } = await prepareData(recipe, config, { cache, workers: 1, onEvent: ignore })
    const job = {
      recipe,
      stage: recipe.stages[0]!,
      config,
      pools,
      generators: join(folder, 'none.safetensors'),
      cache,
      crops,
      contents,
    }
    const opened = Loader.open(job, { from: 0, end: 6, workers: 2 })
    await expect(opened).rejects.toMatchObject({ name: 'UnmaskError', code: 'file-access' })
  }, 60_000)

  test('can be left at any moment', async () => {
    const recipe = checkRecipe(input)
    const config = recipeNetwork(recipe)
    const cache = join(folder, 'cache')
    const { pools, crops, contents } = await prepareData(recipe, config, { cache, workers: 1, onEvent: ignore })
    const job = { recipe, stage: recipe.stages[0]!, config, pools, generators: null, cache, crops, contents }
    for (const milliseconds of [0, 20, 60, 140]) {
      await using _loader = await Loader.open(job, { from: 0, end: 6, workers: 2 })
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
    }
  }, 60_000)

  test('that are not the next are refused', async () => {
    const recipe = checkRecipe(input)
    const config = recipeNetwork(recipe)
    const cache = join(folder, 'cache')
    const { pools, crops, contents } = await prepareData(recipe, config, { cache, workers: 1, onEvent: ignore })
    const job = { recipe, stage: recipe.stages[0]!, config, pools, generators: null, cache, crops, contents }
    await using loader = await Loader.open(job, { from: 0, end: 6, workers: 1 })
    await expect(loader.batches(5)).rejects.toMatchObject({ code: 'graph-use' })
    const aborted = AbortSignal.abort(new Error('no more'))
    // one thread makes them in turn: with those of step 1, those of step 0 are ready, and the end must not wait for others
    await loader.batches(1)
    await expect(loader.batches(0, aborted)).rejects.toThrow('no more')
  }, 60_000)
})
