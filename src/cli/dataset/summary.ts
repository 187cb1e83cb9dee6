import type { DataEntry, Manifest } from '../../dataset/entry.ts'
import { count, table } from '../text.ts'

/** How many entries of a kind there are. */
export interface Counts {
  readonly entries: number
  /** In each split, and in none. */
  readonly train: number
  readonly validation: number
  readonly test: number
  readonly none: number
  /** Different people, where they are known. */
  readonly identities: number
  /** Entries whose real video is known, and that have a mask. */
  readonly sources: number
  readonly masks: number
}

/** A data set in numbers, as `unmask dataset list --json` prints it. */
export interface DatasetSummary extends Counts {
  readonly name: string
  readonly subsets: readonly (Counts & { readonly subset: string; readonly label: DataEntry['label'] })[]
}

export function summarise({ name, entries }: Manifest): DatasetSummary {
  const groups = Map.groupBy(entries, ({ label, subset }) => JSON.stringify([label, subset]))
  const subsets = [...groups.values()].map((group) => {
    const { label, subset } = group[0]!
    return { subset, label, ...countsOf(group) }
  })
  return { name, ...countsOf(entries), subsets }
}

function countsOf(entries: readonly DataEntry[]): Counts {
  const split = (name: DataEntry['split']) => entries.filter((entry) => entry.split === name).length
  return {
    entries: entries.length,
    train: split('train'),
    validation: split('validation'),
    test: split('test'),
    none: split(null),
    identities: new Set(entries.flatMap((entry) => entry.identities)).size,
    sources: entries.filter(({ source }) => source !== undefined).length,
    masks: entries.filter(({ mask }) => mask !== undefined).length,
  }
}

const columns = ['entries', 'train', 'validation', 'test', 'none', 'identities', 'sources', 'masks'] as const

/** The summary as a table. */
export function summaryText(summary: DatasetSummary): string {
  const cells = (counts: Counts) => columns.map((column) => count(counts[column]))
  const rows = summary.subsets.map((counts) => [counts.subset, counts.label, ...cells(counts)])
  const heading = ['subset', 'label', ...columns.map((name) => (name === 'none' ? 'no split' : name))]
  const lines = table([heading, ...rows, ['in all', '', ...cells(summary)]], columns.length)
  return [summary.name, ...lines].join('\n')
}
