import { bootstrap, percentileInterval } from '../src/evaluate/metrics/bootstrap.ts'
import { calibrationError } from '../src/evaluate/metrics/calibration.ts'
import { deLongArea } from '../src/evaluate/metrics/delong.ts'
import { areaUnderRoc } from '../src/evaluate/metrics/roc.ts'
import { rankSamples, tally } from '../src/evaluate/metrics/samples.ts'
import type { ScoredVideo } from '../src/evaluate/scored.ts'
import { summarise } from '../src/evaluate/summary.ts'
import { Random } from '../src/tensor/random.ts'

const studies = 500
/** Deviations between reals and fakes, and Phi(gap / sqrt 2), the AUC that they make. */
const models = [
  { gap: 1, area: 0.7602499389 },
  { gap: 2.5, area: 0.9614500641 },
]

/** Whether intervals hold the true AUC as often as they say, how large the calibration error of a perfect model is, and speed. */
export async function benchIntervals(): Promise<void> {
  const random = new Random('intervals')
  for (const { gap, area } of models) {
    for (const count of [10, 20, 50, 150]) {
      const held = coverage(gap, area, count, random)
      console.log(
        `AUC ${area.toFixed(2)}, ${count} + ${count} videos: held by the bootstrap ${held[0]}, by DeLong ${held[1]}`,
      )
    }
  }
  for (const count of [50, 100, 300, 1000, 5000]) {
    console.log(`calibration error of a perfect model, ${count} videos: ${perfectError(count, random).toFixed(3)}`)
  }
  const videos = Array.from({ length: 1000 }, (_, i) => videoOf(i, random))
  const start = performance.now()
  summarise(videos, [], { threshold: 0.5, protocol: {} })
  console.log(
    `all metrics and intervals of 1,000 videos in 4 subsets: ${((performance.now() - start) / 1000).toFixed(2)} s`,
  )
}

function coverage(gap: number, area: number, count: number, random: Random): string[] {
  const fake = Array.from({ length: 2 * count }, (_, i) => (i < count ? 0 : 1))
  const strata = [0, 1].map((label) => [...fake.keys()].filter((i) => fake[i] === label))
  const held = [0, 0]
  for (let study = 0; study < studies; study++) {
    const scores = fake.map((isFake) => random.normal(gap * isFake))
    const ranked = rankSamples({ scores, fake })
    const measure = (weights: Float64Array) => [areaUnderRoc(tally(ranked, weights))]
    const [replicated] = bootstrap(strata, measure, { replicates: 400, random })
    for (const [i, { low, high }] of [percentileInterval(replicated!), deLongArea(scores, fake)!].entries()) {
      if (low! <= area && area <= high!) held[i]!++
    }
  }
  return held.map((times) => `${((100 * times) / studies).toFixed(0)} %`)
}

/** Mean over 100 data sets whose probabilities are true. */
function perfectError(count: number, random: Random): number {
  let sum = 0
  for (let study = 0; study < 100; study++) {
    const scores = Array.from({ length: count }, () => random.uniform())
    const fake = scores.map((score) => (random.bernoulli(score) ? 1 : 0))
    sum += calibrationError(tally(rankSamples({ scores, fake })))!
  }
  return sum / 100
}

function videoOf(i: number, random: Random): ScoredVideo {
  const clips = [0, 1, 2, 3].map((second) => {
    const probability = random.uniform(i % 2 ? 0.2 : 0, i % 2 ? 1 : 0.8)
    return { fromSeconds: second, toSeconds: second + 1, probability }
  })
  const probability = clips.reduce((sum, clip) => sum + clip.probability, 0) / 4
  const faces = [{ track: 1, width: 100, clips, probability }]
  return { path: `${i}.mp4`, label: i % 2 ? 'fake' : 'real', subset: `${i % 4}`, faces, probability }
}
