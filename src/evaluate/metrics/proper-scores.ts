import type { Tally } from './samples.ts'

/** Brier score: mean squared distance of the probability from the truth (0 or 1). Null without samples. */
export function brierScore(samples: Tally): number | null {
  return meanLoss(
    samples,
    (probability) => probability * probability,
    (probability) => (1 - probability) * (1 - probability),
  )
}

/** As in scikit-learn: a probability of 0 or 1 that is wrong costs 36, not Infinity. */
const least = Number.EPSILON

/** Mean negative natural logarithm of the probability given to the truth. Null without samples. */
export function logLoss(samples: Tally): number | null {
  return meanLoss(
    samples,
    (probability) => -Math.log(Math.max(1 - probability, least)),
    (probability) => -Math.log(Math.max(probability, least)),
  )
}

function meanLoss(
  { scores, weights, real, fake }: Tally,
  ofReal: (probability: number) => number,
  ofFake: (probability: number) => number,
): number | null {
  if (real + fake === 0) return null
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const [reals, fakes] = [weights[2 * i]!, weights[2 * i + 1]!]
    if (reals > 0) sum += reals * ofReal(scores[i]!)
    if (fakes > 0) sum += fakes * ofFake(scores[i]!)
  }
  return sum / (real + fake)
}
