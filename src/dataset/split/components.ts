import type { DataEntry } from '../entry.ts'
import { tieKey, tiesOf } from './ties.ts'

/** Entries that are tied together, directly or by others: they have to be on one side of any split. */
export type Component = readonly DataEntry[]

/** In the order of their first entries. @param hashes as in `tiesOf` */
export function componentsOf(entries: readonly DataEntry[], hashes?: ReadonlyMap<string, string>): Component[] {
  const parents = entries.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!
      at = parents[at]!
    }
    return at
  }
  const first = new Map<string, number>()
  for (const [i, entry] of entries.entries()) {
    for (const tie of tiesOf(entry, hashes)) {
      const before = first.get(tieKey(tie))
      if (before === undefined) first.set(tieKey(tie), i)
      else parents[root(i)] = root(before)
    }
  }
  return [...Map.groupBy(entries.keys(), root).values()].map((members) => members.map((i) => entries[i]!))
}
