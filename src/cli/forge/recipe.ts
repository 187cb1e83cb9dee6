import { parse, YAMLParseError } from 'yaml'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import { type ForgeRecipe, forgeRecipe } from '../../forge/recipe.ts'
import { checkOptions } from '../../options.ts'

/** The recipe of a YAML file, or the default one. @throws UnmaskError `file-access`, `recipe-invalid` */
export async function readForgeRecipe(path: string | undefined): Promise<ForgeRecipe> {
  if (path === undefined) return forgeRecipe.parse({})
  return checkOptions(
    forgeRecipe,
    yamlOf(new TextDecoder().decode(await readBytes(path)), path),
    path,
    'recipe-invalid',
  )
}

function yamlOf(text: string, path: string): unknown {
  try {
    return parse(text) ?? {}
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    throw new UnmaskError('recipe-invalid', `${path}: ${error.message.split('\n')[0]}`, { cause: error })
  }
}
