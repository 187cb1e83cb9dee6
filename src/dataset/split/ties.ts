import type { DataEntry } from '../entry.ts'

/** What ties entries together, so that a network that has seen one knows something of the other. */
export interface Tie {
  readonly kind: 'file' | 'source' | 'identity' | 'content'
  /** The path, the identity, or the digest. */
  readonly name: string
}

/**
 * What an entry may share with others: its file, the real video that it was made from, who is seen in it, and what its
 * file holds.
 * @param hashes of contents by path, where they were computed
 */
export function tiesOf(entry: DataEntry, hashes?: ReadonlyMap<string, string>): Tie[] {
  const content = hashes?.get(entry.path)
  return [
    { kind: 'file', name: entry.path },
    ...(entry.source === undefined ? [] : [{ kind: 'source', name: entry.source } as const]),
    ...entry.identities.map((name) => ({ kind: 'identity', name }) as const),
    ...(content === undefined ? [] : [{ kind: 'content', name: content } as const]),
  ]
}

/** The same for ties that tie to each other: a file is the source of what was made from it. */
export function tieKey({ kind, name }: Tie): string {
  return `${kind === 'source' ? 'file' : kind} ${name}`
}
