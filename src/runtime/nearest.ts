import { closest } from 'fastest-levenshtein'

/** Ends a message about an unknown name: the nearest known one, and all that are known. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return '; none is known'
  return `; did you mean "${closest(name, known)}"? Known: ${known.join(', ')}`
}
