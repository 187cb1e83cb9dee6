import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { UnmaskError } from '../../errors.ts'
import { fileError } from '../../files/positional.ts'
import { replaceFile } from '../../files/replace.ts'
import type { Recipe } from '../recipe.ts'

/** The files of a run. */
export interface RunFolder {
  readonly path: string
  /** The recipe with every default filled in. */
  readonly recipe: string
  readonly checkpoint: string
  readonly metrics: string
  readonly curves: string
  /** The result. */
  readonly model: string
  /** Best weights of a stage so far. @param stage from 0 */
  stageModel(stage: number): string
  /** What the network is fed in a stage. */
  samples(stage: number): string
}

/**
 * Opens the folder of a run.
 * @param resume whether a run may be there already; without it the folder must be new or empty
 * @throws UnmaskError `file-exists`, `file-access`
 */
export async function openRunFolder(path: string, recipe: Recipe, resume: boolean): Promise<RunFolder> {
  const folder = runFolder(path)
  try {
    await mkdir(path, { recursive: true })
    if (!resume && (await readdir(path)).length > 0) {
      throw new UnmaskError('file-exists', `${path} is not empty; go on with the run in it by --resume`)
    }
  } catch (error) {
    throw error instanceof UnmaskError ? error : fileError(path, error)
  }
  await replaceFile(folder.recipe, new TextEncoder().encode(stringify(recipe)))
  return folder
}

function runFolder(path: string): RunFolder {
  const file = (name: string) => join(path, name)
  return {
    path,
    recipe: file('recipe.yaml'),
    checkpoint: file('checkpoint.safetensors'),
    metrics: file('metrics.jsonl'),
    curves: file('curves.html'),
    model: file('model.safetensors'),
    stageModel: (stage) => file(`stage-${stage + 1}.safetensors`),
    samples: (stage) => file(`samples-${stage + 1}.png`),
  }
}
