import { expect, test } from 'vitest'
import type { Ablation } from './ablate.ts'
import { combinations } from './grid.ts'
import { ablationTable, crossTable, spreadOf } from './table.ts'

const run = (seed: number, auc: number | null) => ({ seed, validation: { auc: { set: auc }, watched: auc } })

const ablation: Ablation = {
  keys: ['rate', 'masking'],
  rows: [
    { values: ['0', 'random'], runs: [run(0, 0.8), run(1, 0.9)] },
    { values: ['0', 'none'], runs: [run(0, 0.7), run(1, null)] },
    { values: ['0.5', 'random'], runs: [run(0, null)] },
    { values: ['0.5', 'none'], runs: [run(0, 1)] },
  ],
}

test('a table has a row for each combination, with mean and deviation', () => {
  expect(ablationTable(ablation)).toEqual([
    ['rate', 'masking', 'set', 'seeds'],
    ['0', 'random', '85.0 ± 7.1', '2'],
    ['0', 'none', '70.0', '2'],
    ['0.5', 'random', '-', '1'],
    ['0.5', 'none', '100.0', '1'],
  ])
})

test('of two keys, one goes down and one across', () => {
  expect(crossTable(ablation, 'set')).toEqual([
    ['rate \\ masking', 'random', 'none'],
    ['0', '85.0 ± 7.1', '70.0'],
    ['0.5', '-', '100.0'],
  ])
})

test('a run that diverged counts as not measured, and is told', () => {
  const diverged = { seed: 1, validation: { auc: {}, watched: null }, diverged: 'stage "clips", step 3: loss is NaN' }
  const rows = [{ values: ['9'], runs: [run(0, 0.5), diverged] }]
  expect(ablationTable({ keys: ['rate'], rows })).toEqual([
    ['rate', 'set', 'seeds'],
    ['9', '50.0', '2, 1 diverged'],
  ])
})

test('the deviation is that of a sample', () => {
  expect(spreadOf([1, 2, 3, null])).toEqual({ mean: 2, deviation: 1, runs: 3 })
  expect(spreadOf([null])).toBeUndefined()
})

test('all combinations are made, the last key changing fastest', () => {
  const choice = (key: string, ...values: unknown[]) => values.map((value) => ({ path: [key], value }))
  const cells = combinations([choice('a', 1, 2), choice('b', 'x', true)])
  expect(cells.map(({ values }) => values)).toEqual([
    ['1', 'x'],
    ['1', 'true'],
    ['2', 'x'],
    ['2', 'true'],
  ])
  expect(cells[3]!.overrides).toEqual([
    { path: ['a'], value: 2 },
    { path: ['b'], value: true },
  ])
})
