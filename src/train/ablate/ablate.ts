import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { fileError } from '../../files/positional.ts'
import { type Override, readRecipe } from '../recipe-file.ts'
import { checkStages, recipeNetwork } from '../start.ts'
import { type TrainOptions, type TrainResult, train } from '../train.ts'
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
  readonly runs: readonly {
    readonly seed: number
    readonly validation: Validation
    /** Where the run diverged, if it did: it has no validation. */
    readonly diverged?: string
  }[]
}

export interface Ablation {
  readonly keys: readonly string[]
  readonly rows: readonly AblationRow[]
}

/**
 * Trains a recipe once for each combination of values and each seed. Each run has a folder of its own in `out`, named by
 * a digest of what it changes; runs that are done there are not done again, one that was broken off goes on.
 * @param path of the recipe @param choices of each key of the grid
 * @throws UnmaskError `usage` for a grid that is none, `recipe-invalid`, `config-invalid`; what `train` throws, but for
 *   `train-diverged`
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
  const cells = combinations(checkedGrid(choices))
  const { seed: firstSeed } = await readRecipe(path, always)
  // before the first is trained for hours, all of them are known to be recipes
  for (const { overrides } of cells) {
    const recipe = await readRecipe(path, [...always, ...overrides])
    checkStages(recipe, recipeNetwork(recipe))
  }
  const rows: AblationRow[] = []
  for (const { overrides, values } of cells) {
    const runs: AblationRow['runs'][number][] = []
    for (let i = 0; i < seeds; i++) {
      onRun({ number: rows.length * seeds + i + 1, of: cells.length * seeds, values })
      const seed = firstSeed + i
      const changed = [...always, ...overrides, { path: ['seed'], value: seed }]
      const recipe = await readRecipe(path, changed)
      const folder = join(out, createHash('sha256').update(JSON.stringify(changed)).digest('hex').slice(0, 12))
      runs.push({ seed, ...(await measured(train(recipe, folder, { ...options, resume: true }))) })
    }
    rows.push({ values, runs })
  }
  return { keys: choices.map(keyOf), rows }
}

/** @throws UnmaskError `usage` */
function checkedGrid(choices: readonly (readonly Override[])[]): readonly (readonly Override[])[] {
  const keys = choices.map(keyOf)
  if (keys.length === 0) throw new UnmaskError('usage', 'an ablation needs a grid: --grid key=a,b,c')
  const twice = keys.find((key, i) => keys.indexOf(key) < i)
  if (twice !== undefined) throw new UnmaskError('usage', `the grid has the key "${twice}" twice`)
  if (keys.includes('seed')) throw new UnmaskError('usage', 'seeds are counted from that of the recipe on: use --seeds')
  return choices
}

/** That one combination diverges is a result too; the others are trained all the same. */
async function measured(training: Promise<TrainResult>): Promise<{ validation: Validation; diverged?: string }> {
  try {
    return { validation: (await training).validation }
  } catch (error) {
    if (!(error instanceof UnmaskError) || error.code !== 'train-diverged') throw error
    return { validation: { auc: {}, watched: null }, diverged: error.message }
  }
}
