import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError } from '../../files/positional.ts'
import { type Override, readRecipe } from '../recipe-file.ts'
import { type TrainOptions, train } from '../train.ts'
import type { Validation } from '../validator.ts'
import { combinations, keyOf } from './grid.ts'

export interface AblateOptions extends Omit<TrainOptions, 'resume'> {
  /** Seeds with which each combination is trained: those from the recipe's on. */
  readonly seeds: number
  /** Changes of the recipe in all runs. */
  readonly overrides?: readonly Override[]
  /** Begins each run. */
  readonly onRun?: (run: { readonly number: number; readonly of: number; readonly values: readonly string[] }) => void
}

/** What the seeds of one combination gave. */
export interface AblationRow {
  readonly values: readonly string[]
  /** Of each seed. */
  readonly runs: readonly { readonly seed: number; readonly validation: Validation }[]
}

export interface Ablation {
  readonly keys: readonly string[]
  readonly rows: readonly AblationRow[]
}

/**
 * Trains a recipe once for each combination of values and each seed. Each run has a folder of its own in `out`, named by
 * a digest of what it changes; runs that are done there are not done again, one that was broken off goes on.
 * @param path of the recipe @param choices of each key of the grid
 * @throws what `train` throws
 */
export async function ablate(
  path: string,
  choices: readonly (readonly Override[])[],
  out: string,
  { seeds, overrides: always = [], onRun = () => {}, ...options }: AblateOptions,
): Promise<Ablation> {
  await mkdir(out, { recursive: true }).catch((error) => {
    throw fileError(out, error)
  })
  const cells = combinations(choices)
  const { seed: firstSeed } = await readRecipe(path, always)
  const rows: AblationRow[] = []
  for (const { overrides, values } of cells) {
    const runs: AblationRow['runs'][number][] = []
    for (let i = 0; i < seeds; i++) {
      onRun({ number: rows.length * seeds + i + 1, of: cells.length * seeds, values })
      const seed = firstSeed + i
      const changed = [...always, ...overrides, { path: ['seed'], value: seed }]
      const recipe = await readRecipe(path, changed)
      const folder = join(out, createHash('sha256').update(JSON.stringify(changed)).digest('hex').slice(0, 12))
      const { validation } = await train(recipe, folder, { ...options, resume: true })
      runs.push({ seed, validation })
    }
    rows.push({ values, runs })
  }
  return { keys: choices.map(keyOf), rows }
}
