import { Random } from '../../tensor/random.ts'

/** One picture's statistics, and from whom: the folds of a cross-validation do not share sources. */
export interface Probed {
  readonly values: readonly number[]
  readonly source: number
  readonly fake: boolean
}

const folds = 5
const rounds = 400
const rate = 0.5
const decay = 1e-3

/** Area under the curve of a logistic regression on unseen sources: 0.5 where the statistics tell nothing. */
export function probe(samples: readonly Probed[], seed = 1): number {
  const sources = [...new Set(samples.map(({ source }) => source))]
  const order = new Random(seed).permutation(sources.length)
  const foldOf = new Map([...order].map((at, i) => [sources[at]!, i % folds]))
  const scored = Array.from({ length: folds }, (_, fold) => {
    const train = samples.filter(({ source }) => foldOf.get(source) !== fold)
    const score = regression(train)
    return samples
      .filter(({ source }) => foldOf.get(source) === fold)
      .map(({ values, fake }) => ({ score: score(values), fake }))
  })
  // Scores of different regressions are not on one scale: each fold is judged by itself.
  return scored.reduce((sum, fold) => sum + areaUnderCurve(fold) / folds, 0)
}

/** Logistic regression by plain gradient descent on standardised values and their squares. */
function regression(samples: readonly Probed[]): (values: readonly number[]) => number {
  const width = samples[0]!.values.length
  const mean = Array.from({ length: width }, (_, i) => average(samples.map(({ values }) => values[i]!)))
  const deviation = mean.map((m, i) => Math.sqrt(average(samples.map(({ values }) => (values[i]! - m) ** 2))) || 1)
  const features = (values: readonly number[]) => {
    const standard = values.map((value, i) => (value - mean[i]!) / deviation[i]!)
    return [1, ...standard, ...standard.map((value) => value ** 2 - 1)]
  }
  const rows = samples.map(({ values, fake }) => ({ x: features(values), y: fake ? 1 : 0 }))
  const weights = new Float64Array(2 * width + 1)
  const dot = (x: readonly number[]) => x.reduce((sum, value, i) => sum + value * weights[i]!, 0)
  for (let round = 0; round < rounds; round++) {
    const gradient = weights.map((weight) => decay * weight)
    for (const { x, y } of rows) {
      const error = (1 / (1 + Math.exp(-dot(x))) - y) / rows.length
      for (let i = 0; i < x.length; i++) gradient[i]! += error * x[i]!
    }
    for (let i = 0; i < weights.length; i++) weights[i]! -= rate * gradient[i]!
  }
  return (values) => dot(features(values))
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** How often a fake scores above a real one. */
function areaUnderCurve(scored: readonly { readonly score: number; readonly fake: boolean }[]): number {
  const fakes = scored.filter(({ fake }) => fake)
  const reals = scored.filter(({ fake }) => !fake)
  let wins = 0
  for (const { score } of fakes) {
    for (const other of reals) wins += score > other.score ? 1 : score === other.score ? 0.5 : 0
  }
  return wins / (fakes.length * reals.length)
}
