import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseChoices, parseOverride, readRecipe } from './recipe-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-recipe-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function recipe(text: string): Promise<string> {
  const path = join(folder, 'recipe.yaml')
  await writeFile(path, text)
  return path
}

const least = 'data: { sources: [{ path: videos }] }\nstages: [{ name: clips, steps: 5 }]\n'

describe('a recipe', () => {
  test('needs data and a stage only; paths start from its folder', async () => {
    const { data, stages, forge, start } = await readRecipe(await recipe(least))
    expect(data.sources[0]).toMatchObject({ path: join(folder, 'videos'), weight: 1, kind: 'auto' })
    expect(stages[0]).toMatchObject({ sees: 'clips', batch: 8, average: 0.99 })
    expect(forge.kinds.self).toBeGreaterThan(0)
    expect(start).toMatchObject({ backbone: null, model: null })
  })

  test.each([
    [`${least}sead: 3\n`, /unknown key "sead" \(did you mean "seed"\?\)/],
    ['data: { sources: [] }\nstages: []\n', /data.sources.*stages/s],
    [least.replace('steps: 5', 'steps: 5, batch: 7'), /stages.0.batch/],
    [least.replace('steps: 5', 'steps: 5, schedule: { kind: slow }'), /stages.0.schedule.kind/],
    [`${least}forge: { degrade: { jpg: 1 } }\n`, /did you mean "jpeg"/],
    ['data: [\n', /recipe.yaml: /],
    [`${least}validation: { watch: web, sets: [{ name: wob, path: w }] }\n`, /validation.watch: .*"web".*wob/],
    [least.replace(/stages: .*/, 'stages: [{ name: a, steps: 1 }, { name: a, steps: 2 }]'), /stages.1.name: "a"/],
    [`${least}forge: { kinds: { self: 0, swap: 0 } }\n`, /forge.kinds: .*generators/],
  ])('with a fault is refused by name: %j', async (text, message) => {
    await expect(readRecipe(await recipe(text))).rejects.toMatchObject({
      code: 'recipe-invalid',
      message: expect.stringMatching(message),
    })
  })

  test('that is missing is a file error', async () => {
    await expect(readRecipe(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'file-access' })
  })

  test('takes no change of what is not in a list', async () => {
    const change = readRecipe(await recipe(least), [parseOverride('stages.1.steps=9')])
    await expect(change).rejects.toMatchObject({
      code: 'recipe-invalid',
      message: expect.stringMatching(/"stages.1.steps": "1" .* list of 1/),
    })
  })

  test('takes changes by key, into lists and into what it does not mention', async () => {
    const changes = ['stages.0.steps=9', 'network.config.relation.maskRate=0.3', 'seed=4'].map(parseOverride)
    const changed = await readRecipe(await recipe(least), changes)
    expect(changed.stages[0]!.steps).toBe(9)
    expect(changed.network.config).toEqual({ relation: { maskRate: 0.3 } })
    expect(changed.seed).toBe(4)
  })
})

test('choices are values of one key', () => {
  expect(parseChoices('network.config.relation.masking=minimum,random')).toEqual([
    { path: ['network', 'config', 'relation', 'masking'], value: 'minimum' },
    { path: ['network', 'config', 'relation', 'masking'], value: 'random' },
  ])
  expect(parseChoices('seed=1').map(({ value }) => value)).toEqual([1])
  for (const bad of ['seed', '=3', 'seed=']) expect(() => parseChoices(bad)).toThrow(/seed|=3/)
})
