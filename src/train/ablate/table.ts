import type { Ablation, AblationRow } from './ablate.ts'

/** Mean and standard deviation (of the sample) of the runs where a figure is defined. */
export interface Spread {
  readonly mean: number
  /** null for a single run. */
  readonly deviation: number | null
  readonly runs: number
}

/** undefined where no run has a figure. */
export function spreadOf(values: readonly (number | null)[]): Spread | undefined {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return undefined
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : null
  return { mean, deviation, runs: known.length }
}

/** The validation sets of an ablation, in the order of the recipe. */
export function setsOf({ rows }: Ablation): string[] {
  return [...new Set(rows.flatMap(({ runs }) => runs.flatMap(({ validation }) => Object.keys(validation.auc))))]
}

/** Video AUC in per cent, mean ± deviation, one row a combination, one column a validation set. */
export function ablationTable(ablation: Ablation): string[][] {
  const sets = setsOf(ablation)
  const rows = ablation.rows.map((row) => [...row.values, ...sets.map((set) => cellText(row, set)), seedsText(row)])
  return [[...ablation.keys, ...sets, 'seeds'], ...rows]
}

/** The paper's shape, for grids of two keys: the first key's values down, the second's across; of one set. */
export function crossTable(ablation: Ablation, set: string): string[][] {
  const [down, across] = [0, 1].map((i) => [...new Set(ablation.rows.map(({ values }) => values[i]!))])
  const rowAt = (a: string, b: string) => ablation.rows.find(({ values }) => values[0] === a && values[1] === b)!
  const head = [`${ablation.keys[0]} \\ ${ablation.keys[1]}`, ...across!]
  return [head, ...down!.map((a) => [a, ...across!.map((b) => cellText(rowAt(a, b), set))])]
}

function seedsText({ runs }: AblationRow): string {
  const diverged = runs.filter((run) => run.diverged !== undefined).length
  return diverged === 0 ? `${runs.length}` : `${runs.length}, ${diverged} diverged`
}

function cellText({ runs }: AblationRow, set: string): string {
  const spread = spreadOf(runs.map(({ validation }) => validation.auc[set] ?? null))
  if (!spread) return '-'
  const deviation = spread.deviation === null ? '' : ` ± ${(100 * spread.deviation).toFixed(1)}`
  return `${(100 * spread.mean).toFixed(1)}${deviation}`
}
