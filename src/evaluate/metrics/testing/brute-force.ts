import type { MetricName } from '../table.ts'

interface Listed {
  readonly scores: readonly number[]
  readonly fake: readonly number[]
}

/** Every metric straight from its definition, in quadratic time. */
export function bruteForce({ scores, fake }: Listed, threshold: number): Record<MetricName, number | null> {
  const fakes = scores.filter((_, i) => fake[i] === 1)
  const reals = scores.filter((_, i) => fake[i] === 0)
  const both = fakes.length > 0 && reals.length > 0
  const losses = (ofReal: (p: number) => number, ofFake: (p: number) => number) =>
    scores.length === 0 ? null : mean(scores.map((score, i) => (fake[i] ? ofFake : ofReal)(score)))
  const rates = (limit: number) => ({ x: shareFrom(reals, limit), y: shareFrom(fakes, limit) })
  const points = [Infinity, ...scores.toSorted((a, b) => b - a)].map(rates)
  const at = rates(threshold)
  const tprAt = (most: number) => (both ? Math.max(...points.filter(({ x }) => x <= most).map(({ y }) => y)) : null)
  return {
    auc: both ? mean(fakes.flatMap((f) => reals.map((r) => (f > r ? 1 : f === r ? 0.5 : 0)))) : null,
    ap: both ? mean(fakes.map((f) => fakes.filter((s) => s >= f).length / scores.filter((s) => s >= f).length)) : null,
    eer: both ? crossing(points) : null,
    accuracy: accuracy(scores, fake, threshold),
    accuracyAtHalf: accuracy(scores, fake, 0.5),
    balancedAccuracy: both ? (at.y + 1 - at.x) / 2 : null,
    truePositiveRate: fakes.length > 0 ? at.y : null,
    falsePositiveRate: reals.length > 0 ? at.x : null,
    tprAtFpr1: tprAt(0.01),
    tprAtFpr5: tprAt(0.05),
    brier: losses(
      (p) => p * p,
      (p) => (1 - p) * (1 - p),
    ),
    logLoss: losses(
      (p) => -Math.log(Math.max(1 - p, 2 ** -52)),
      (p) => -Math.log(Math.max(p, 2 ** -52)),
    ),
    calibrationError: binned(scores, fake, (score) => 15 * score),
    calibrationErrorByMass: binned(scores, fake, (score) => {
      const [below, tied] = [scores.filter((s) => s < score).length, scores.filter((s) => s === score).length]
      return (15 * (below + tied / 2)) / scores.length
    }),
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

const shareFrom = (scores: number[], threshold: number) =>
  scores.filter((score) => score >= threshold).length / scores.length

function accuracy(scores: readonly number[], fake: readonly number[], threshold: number): number | null {
  if (scores.length === 0) return null
  return mean(scores.map((score, i) => (score >= threshold === (fake[i] === 1) ? 1 : 0)))
}

/** x of the point of a ROC curve on x + y = 1, by bisection of the curve's length. */
function crossing(points: { x: number; y: number }[]): number {
  let [low, high] = [0, points.length - 1]
  const along = (place: number) => {
    const [from, to] = [points[Math.floor(place)]!, points[Math.ceil(place)]!]
    return { x: from.x + (place % 1) * (to.x - from.x), y: from.y + (place % 1) * (to.y - from.y) }
  }
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    const { x, y } = along(middle)
    if (x + y < 1) low = middle
    else high = middle
  }
  return along(high).x
}

function binned(scores: readonly number[], fake: readonly number[], place: (score: number) => number): number | null {
  if (scores.length === 0) return null
  const errors = Array.from({ length: 15 }, (_, bin) => {
    const inside = [...scores.keys()].filter((i) => Math.min(Math.floor(place(scores[i]!)), 14) === bin)
    return inside.length === 0 ? 0 : inside.length * Math.abs(mean(inside.map((i) => scores[i]! - fake[i]!)))
  })
  return errors.reduce((sum, error) => sum + error, 0) / scores.length
}
