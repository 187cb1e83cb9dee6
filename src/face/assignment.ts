/**
 * Pairs rows with columns so that the sum of costs is least, where every row and column may also stay alone.
 * @param costs of each row with each column, of any size; undefined where the two cannot be a pair
 * @param alone cost of a row that stays alone
 * @returns for each row its column, or undefined
 * Source: the Hungarian method with potentials (Kuhn 1955, Munkres 1957), O(rows^2 columns).
 */
export function assign(costs: readonly (readonly (number | undefined)[])[], alone: number): (number | undefined)[] {
  const columns = costs[0]?.length ?? 0
  // Behind the columns stands one for each row that means "alone"; a pair that cannot be costs more than all of them.
  const never = (alone + 1) * (costs.length + 1)
  const width = columns + costs.length
  const costOf = (row: number, column: number) => (column < columns ? (costs[row]![column] ?? never) : alone)
  const taken = match(costs.length, width, costOf)
  const pairs = new Array<number | undefined>(costs.length).fill(undefined)
  for (let column = 0; column < columns; column++) {
    const row = taken[column]
    if (row !== undefined && costs[row]![column] !== undefined) pairs[row] = column
  }
  return pairs
}

/** The row of each column in the cheapest pairing of all rows; there are at least as many columns. */
function match(rows: number, columns: number, costOf: (row: number, column: number) => number): (number | undefined)[] {
  const prices = { rows: new Float64Array(rows), columns: new Float64Array(columns) }
  const rowOf = new Array<number | undefined>(columns).fill(undefined)
  const reduced = (row: number, column: number) => costOf(row, column) - prices.rows[row]! - prices.columns[column]!
  for (let row = 0; row < rows; row++) {
    const { path, reached, length } = cheapestPath(row, rowOf, reduced)
    // Prices change so that every column on the way costs nothing more and no pair costs less than nothing.
    for (const { column, cost } of reached) {
      prices.columns[column]! -= length - cost
      prices.rows[rowOf[column]!]! += length - cost
    }
    prices.rows[row]! += length
    // Along the path each column is handed to the row before.
    for (let i = path.length - 1; i > 0; i--) rowOf[path[i]!] = rowOf[path[i - 1]!]
    rowOf[path[0]!] = row
  }
  return rowOf
}

/**
 * The cheapest way from a row, over columns and the rows that have them, to a column that is free (Dijkstra's method).
 * @returns its columns, those reached before at which cost, and its own cost
 */
function cheapestPath(
  start: number,
  rowOf: readonly (number | undefined)[],
  cost: (row: number, column: number) => number,
) {
  const costs = new Float64Array(rowOf.length).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(rowOf.length).fill(-1)
  const reached: { column: number; cost: number }[] = []
  const left = new Set(rowOf.keys())
  let row: number | undefined = start
  let column = -1
  let length = 0
  while (row !== undefined) {
    let next = -1
    for (const other of left) {
      const through = length + cost(row, other)
      if (through < costs[other]!) {
        costs[other] = through
        before[other] = column
      }
      if (next < 0 || costs[other]! < costs[next]!) next = other
    }
    left.delete(next)
    column = next
    length = costs[next]!
    row = rowOf[next]
    if (row !== undefined) reached.push({ column, cost: length })
  }
  const path: number[] = []
  for (let at = column; at >= 0; at = before[at]!) path.unshift(at)
  return { path, reached, length }
}
