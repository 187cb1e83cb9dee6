import type { Override } from '../recipe-file.ts'

/** One combination of a grid: a value for each of its keys. */
export interface Cell {
  readonly overrides: readonly Override[]
  /** The value of each key as text, in the order of the grid. */
  readonly values: readonly string[]
}

/** Every combination, the last key changing fastest. @param choices of each key, at least one */
export function combinations(choices: readonly (readonly Override[])[]): Cell[] {
  const none: Cell[] = [{ overrides: [], values: [] }]
  return choices.reduce(
    (cells, options) =>
      cells.flatMap(({ overrides, values }) =>
        options.map((option) => ({
          overrides: [...overrides, option],
          values: [...values, textOf(option.value)],
        })),
      ),
    none,
  )
}

/** The key of a choice as text. */
export function keyOf([first]: readonly Override[]): string {
  return first!.path.join('.')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
