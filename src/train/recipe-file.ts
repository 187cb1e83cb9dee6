import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { UnmaskError } from '../errors.ts'
import { fileError } from '../files/positional.ts'
import { checkRecipe, type Recipe } from './recipe.ts'

/** A value put in the place of a recipe's, by its path, e.g. ["network", "config", "relation", "maskRate"]. */
export interface Override {
  readonly path: readonly string[]
  readonly value: unknown
}

/**
 * Reads a recipe (YAML; JSON is YAML too). Relative paths in it start from its folder.
 * @throws UnmaskError `file-access`, `recipe-invalid`
 */
export async function readRecipe(path: string, overrides: readonly Override[] = []): Promise<Recipe> {
  const value = parseYaml(await readText(path), path)
  const changed = overrides.reduce((whole, { path, value }) => applied(whole, path, value, path.join('.')), value)
  return withAbsolutePaths(checkRecipe(changed, path), dirname(resolve(path)))
}

/**
 * Reads `a.b.0.c=VALUE`, the value as YAML.
 * @throws UnmaskError `recipe-invalid`
 */
export function parseOverride(text: string): Override {
  const [key, value] = splitOnce(text)
  return { path: key.split('.'), value: parseYaml(value, `the value of "${key}"`) }
}

/** Reads `a.b.c=VALUE,VALUE,...` as one override for each value. @throws UnmaskError `recipe-invalid` */
export function parseChoices(text: string): Override[] {
  const [key, list] = splitOnce(text)
  const values = parseYaml(`[${list}]`, `the values of "${key}"`) as unknown[]
  if (values.length === 0) throw new UnmaskError('recipe-invalid', `"${text}": no value is given`)
  return values.map((value) => ({ path: key.split('.'), value }))
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UnmaskError('recipe-invalid', `"${text}" is not of the form key=value`)
  return [text.slice(0, at), text.slice(at + 1)]
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw fileError(path, error)
  }
}

function parseYaml(text: string, what: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    throw new UnmaskError('recipe-invalid', `${what}: ${error.message.split('\n')[0]}`, { cause: error })
  }
}

/**
 * A copy with the value at its path; what is missing on the way is made, but for items of lists.
 * @param key the whole path, for errors
 * @throws UnmaskError `recipe-invalid`
 */
function applied(whole: unknown, [first, ...rest]: readonly string[], value: unknown, key: string): unknown {
  if (first === undefined) return value
  if (Array.isArray(whole)) {
    if (!whole.some((_, i) => `${i}` === first)) {
      const problem = `"${key}": "${first}" is no item of a list of ${whole.length}, counted from 0`
      throw new UnmaskError('recipe-invalid', problem)
    }
    return whole.map((item, i) => (`${i}` === first ? applied(item, rest, value, key) : item))
  }
  const fields = (whole ?? {}) as Record<string, unknown>
  return { ...fields, [first]: applied(fields[first], rest, value, key) }
}

function withAbsolutePaths(recipe: Recipe, folder: string): Recipe {
  const absolute = <Path extends string | null>(path: Path) => (path === null ? path : resolve(folder, path)) as Path
  const located = <Item extends { path: string }>(items: readonly Item[]) => {
    return items.map((item) => ({ ...item, path: absolute(item.path) }))
  }
  const { start, data, validation, generators } = recipe
  return {
    ...recipe,
    start: { ...start, backbone: absolute(start.backbone), model: absolute(start.model) },
    data: { ...data, sources: located(data.sources) },
    validation: { ...validation, sets: located(validation.sets) },
    generators: typeof generators === 'string' ? absolute(generators) : generators,
  }
}
