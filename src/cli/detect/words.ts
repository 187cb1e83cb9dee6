import type { Verdict } from '../../detect/result.ts'

/** Verdicts in the words of a headline. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  fake: 'FAKE',
  real: 'REAL',
  uncertain: 'UNCERTAIN',
  'no-face': 'NO FACE',
}
