import type { DataEntry } from '../../dataset/entry.ts'
import { isOneOf } from '../../dataset/subset-patterns.ts'
import { UnmaskError } from '../../errors.ts'
import { Random } from '../../tensor/random.ts'

export interface Selection {
  readonly split?: NonNullable<DataEntry['split']> | undefined
  /** Names of subsets, in which * stands for any text. Default: all. */
  readonly subsets?: readonly string[] | undefined
  /** So many of each subset and label at most, drawn by the seed. */
  readonly limit?: number | undefined
  readonly seed?: number | string
}

/** The entries to look at, in their order. @throws UnmaskError `option-invalid` when there are none */
export function selectEntries(
  entries: readonly DataEntry[],
  { split, subsets, limit, seed = 0 }: Selection,
): readonly DataEntry[] {
  const inSplit = entries.filter((entry) => split === undefined || entry.split === split)
  const kept = subsets ? inSplit.filter(({ subset }) => isOneOf(subset, subsets)) : inSplit
  if (kept.length === 0) throw nothing(inSplit, entries, { split, subsets })
  if (limit === undefined) return kept
  const groups = Object.values(Object.groupBy(kept, ({ label, subset }) => `${label} ${subset}`))
  const drawn = new Set(groups.flatMap((group) => draw(group!, limit, new Random(seed))))
  return kept.filter((entry) => drawn.has(entry))
}

function draw(group: readonly DataEntry[], limit: number, random: Random): DataEntry[] {
  const { label, subset } = group[0]!
  const order = random.fork(`limit ${label} ${subset}`).permutation(group.length)
  return Array.from(order.subarray(0, limit), (place) => group[place]!)
}

function nothing(
  inSplit: readonly DataEntry[],
  all: readonly DataEntry[],
  { split, subsets }: Pick<Selection, 'split' | 'subsets'>,
): UnmaskError {
  const names = (values: readonly (string | null)[]) => [...new Set(values)].map((value) => value ?? 'none').join(', ')
  if (inSplit.length === 0) {
    const there = names(all.map((entry) => entry.split))
    return new UnmaskError('option-invalid', `no video is of the split "${split}"; there are: ${there}`)
  }
  const there = names(inSplit.map(({ subset }) => subset))
  return new UnmaskError('option-invalid', `no subset is called ${subsets!.join(' or ')}; there are: ${there}`)
}
