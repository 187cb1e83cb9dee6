import { InvalidArgumentError } from 'commander'
import { type Verdict, verdicts } from '../../detect/result.ts'

/** Exit status where a verdict is one of those that were to fail. */
export const verdictMatched = 3

/** Parses verdicts with commas between them; a fault is an error of use. */
export function verdictList(text: string): Verdict[] {
  return text.split(',').map((word) => {
    const verdict = verdicts.find((known) => known === word.trim())
    if (verdict) return verdict
    throw new InvalidArgumentError(`Verdicts are ${verdicts.join(', ')}.`)
  })
}
