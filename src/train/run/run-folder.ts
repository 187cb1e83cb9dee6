import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { stringify } from 'yaml'
import { UnmaskError } from '../../errors.ts'
import { takeLock } from '../../files/lock.ts'
import { fileError } from '../../files/positional.ts'
import { replaceFile } from '../../files/replace.ts'
import type { Recipe } from '../recipe.ts'

const lockName = 'run.lock'

/** The files of a run. It belongs to one process until it is disposed. */
export interface RunFolder extends AsyncDisposable {
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
 * Opens the folder of a run; what is in it stays as it is.
 * @param resume whether a run may be there already; without it the folder must be new or empty
 * @throws UnmaskError `file-exists`, also where there is something else than a run of this recipe; `in-use`;
 *   `file-access`
 */
export async function openRunFolder(path: string, recipe: Recipe, resume: boolean): Promise<RunFolder> {
  await mkdir(path, { recursive: true }).catch((error) => {
    throw fileError(path, error)
  })
  const lock = await takeLock(join(path, lockName), 'a training run')
  const folder = runFolder(path, lock)
  try {
    const names = (await readdir(path)).filter((name) => name !== lockName)
    if (!resume && names.length > 0) {
      throw new UnmaskError('file-exists', `${path} is not empty; go on with the run in it by --resume`)
    }
    // before its first checkpoint a run is known by its recipe
    const begun = names.includes(basename(folder.checkpoint)) || (await textOf(folder.recipe)) === stringify(recipe)
    if (names.length > 0 && !begun) {
      throw new UnmaskError('file-exists', `${path} is not empty, and no run of this recipe is in it to go on with`)
    }
    for (const name of names.filter(isLeftOver)) await rm(join(path, name), { force: true })
  } catch (error) {
    await lock[Symbol.asyncDispose]()
    throw fileError(path, error)
  }
  return folder
}

/** Writes what a run starts with. @throws UnmaskError `file-access` */
export async function beginRun({ recipe: path, metrics }: RunFolder, recipe: Recipe): Promise<void> {
  await replaceFile(path, new TextEncoder().encode(stringify(recipe)))
  await rm(metrics, { force: true })
}

/** Of `replaceFile` in a process that was killed; checkpoints are large. */
function isLeftOver(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp')
}

async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined)
}

function runFolder(path: string, lock: AsyncDisposable): RunFolder {
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
    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
  }
}
