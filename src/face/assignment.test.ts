import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { assign } from './assignment.ts'

type Costs = (number | undefined)[][]

function total(costs: Costs, pairs: readonly (number | undefined)[], alone: number): number {
  return pairs.reduce<number>((sum, column, row) => sum + (column === undefined ? alone : costs[row]![column]!), 0)
}

/** The least cost of all pairings, by trying them. */
function least(costs: Costs, alone: number, row = 0, taken: ReadonlySet<number> = new Set()): number {
  if (row === costs.length) return 0
  let best = alone + least(costs, alone, row + 1, taken)
  for (const [column, cost] of costs[row]!.entries()) {
    if (cost === undefined || taken.has(column)) continue
    best = Math.min(best, cost + least(costs, alone, row + 1, new Set([...taken, column])))
  }
  return best
}

describe('assignment', () => {
  test('costs as little as the best of all pairings, and pairs nobody twice', () => {
    const random = new Random(4)
    for (let round = 0; round < 1000; round++) {
      const rows = random.integer(6)
      const columns = random.integer(6)
      const costs: Costs = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (random.bernoulli(0.3) ? undefined : random.uniform(0, 3))),
      )
      const pairs = assign(costs, 2)
      expect(pairs).toHaveLength(rows)
      const used = pairs.filter((column) => column !== undefined)
      expect(new Set(used).size).toBe(used.length)
      for (const [row, column] of pairs.entries()) if (column !== undefined) expect(costs[row]![column]).toBeDefined()
      expect(total(costs, pairs, 2)).toBeCloseTo(least(costs, 2), 9)
    }
  })

  test('looks at the whole: the cheapest pair is not always one', () => {
    expect(
      assign(
        [
          [0.1, 0.2],
          [0.3, 1.9],
        ],
        5,
      ),
    ).toEqual([1, 0])
  })

  test('lets alone what costs too much or cannot be', () => {
    expect(assign([[2.5], [undefined]], 2)).toEqual([undefined, undefined])
    expect(assign([], 2)).toEqual([])
    expect(assign([[], []], 2)).toEqual([undefined, undefined])
  })
})
