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
  const ofRow = new Float64Array(rows)
  const ofColumn = new Float64Array(columns)
  const rowOf = new Array<number | undefined>(columns).fill(undefined)
  for (let start = 0; start < rows; start++) {
    // Dijkstra from the new row over reduced costs, until a free column is reached.
    const reach = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
    const before = new Int32Array(columns).fill(-1)
    const done = new Uint8Array(columns)
    let row = start
    let last = -1
    for (;;) {
      let next = -1
      let step = Number.POSITIVE_INFINITY
      for (let column = 0; column < columns; column++) {
        if (done[column]) continue
        const cost = costOf(row, column) - ofRow[row]! - ofColumn[column]!
        if (cost < reach[column]!) {
          reach[column] = cost
          before[column] = last
        }
        if (reach[column]! < step) {
          step = reach[column]!
          next = column
        }
      }
      ofRow[start]! += step
      for (let column = 0; column < columns; column++) {
        if (!done[column]) {
          reach[column]! -= step
          continue
        }
        ofRow[rowOf[column]!]! += step
        ofColumn[column]! -= step
      }
      done[next] = 1
      last = next
      const owner = rowOf[next]
      if (owner === undefined) break
      row = owner
    }
    for (let column = last; column >= 0; ) {
      const previous = before[column]!
      rowOf[column] = previous < 0 ? start : rowOf[previous]
      column = previous
    }
  }
  return rowOf
}
