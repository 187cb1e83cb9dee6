import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkRecipe } from './recipe.ts'

test('recipes/reference.yaml names every key with its default', async () => {
  const text = await readFile(new URL('../../recipes/reference.yaml', import.meta.url), 'utf8')
  const written = parse(text)
  const least = { data: { sources: [{ path: 'footage' }] }, stages: [{ name: 'clips', steps: 1000 }] }
  expect(written).toEqual(checkRecipe(least))
})
