import { UnmaskError } from '../../errors.ts'
import type { DataEntry, Manifest } from '../entry.ts'
import { type Tie, tieKey, tiesOf } from './ties.ts'

/** What entries of two sides share that should have nothing in common. */
export interface Leak extends Tie {
  /** One entry of each side. */
  readonly entries: readonly [DataEntry, DataEntry]
}

/**
 * What is on both sides: a file, a person, a real video and what was made from it (or two fakes made from it), the same
 * content under two names. Each is told once.
 * @param hashes of contents by path, as `contentHash` gives them; without them contents are not compared
 */
export function findLeaks(
  side: readonly DataEntry[],
  other: readonly DataEntry[],
  hashes?: ReadonlyMap<string, string>,
): Leak[] {
  const first = new Map<string, { entry: DataEntry; tie: Tie }>()
  for (const entry of side) {
    for (const tie of tiesOf(entry, hashes)) {
      if (!first.has(tieKey(tie))) first.set(tieKey(tie), { entry, tie })
    }
  }
  const leaks = new Map<string, Leak>()
  for (const entry of other) {
    for (const tie of tiesOf(entry, hashes)) {
      const key = tieKey(tie)
      const found = first.get(key)
      if (!found || leaks.has(key)) continue
      // The content of one file is the same on both sides, of course.
      if (tie.kind === 'content' && found.entry.path === entry.path) continue
      const kind = tie.kind === 'file' && found.tie.kind === 'file' ? 'file' : tie.kind === 'file' ? 'source' : tie.kind
      leaks.set(key, { kind, name: tie.name, entries: [found.entry, entry] })
    }
  }
  return [...leaks.values()]
}

/**
 * Refuses to train on what is also measured with.
 * @throws UnmaskError `dataset-leak`, with the names
 */
export function refuseLeaks(
  training: readonly DataEntry[],
  held: readonly DataEntry[],
  hashes?: ReadonlyMap<string, string>,
): void {
  refuse('the training data', 'what is held back', findLeaks(training, held, hashes))
}

/**
 * Refuses a manifest whose splits have something in common. Entries without a split are not looked at.
 * @throws UnmaskError `dataset-leak`, with the names
 */
export function checkSplits({ entries }: Manifest, hashes?: ReadonlyMap<string, string>): void {
  const part = (split: DataEntry['split']) => entries.filter((entry) => entry.split === split)
  for (const [one, other] of [
    ['train', 'validation'],
    ['train', 'test'],
    ['validation', 'test'],
  ] as const) {
    refuse(one, other, findLeaks(part(one), part(other), hashes))
  }
}

/** How many leaks of a kind are told by name. */
const told = 5

const words = {
  file: 'the same file',
  source: 'what was made from the same real video',
  identity: 'the same person',
  content: 'the same content under two names',
} as const

function refuse(one: string, other: string, leaks: readonly Leak[]): void {
  if (leaks.length === 0) return
  const lines = Object.entries(words).flatMap(([kind, problem]) => {
    const found = leaks.filter((leak) => leak.kind === kind)
    if (found.length === 0) return []
    const named = found.slice(0, told).map(({ name, entries: [a, b] }) => `\n    ${name} (${a.path}, ${b.path})`)
    const more = found.length > told ? `\n    and ${found.length - told} more` : ''
    return [`\n  ${problem}, ${found.length} times:${named.join('')}${more}`]
  })
  throw new UnmaskError('dataset-leak', `${one} and ${other} share${lines.join('')}`)
}
