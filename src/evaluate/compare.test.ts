import { describe, expect, test } from 'vitest'
import { UnmaskError } from '../errors.ts'
import { Random } from '../tensor/random.ts'
import { compareEvaluations } from './compare.ts'
import type { Evaluation } from './evaluation.ts'
import { metricNames } from './metrics/table.ts'
import type { ScoredVideo } from './scored.ts'
import { summarise } from './summary.ts'

const evaluate = (videos: readonly ScoredVideo[], protocol: Evaluation['protocol'] = {}, threshold = 0.5) =>
  summarise(videos, [], { threshold, protocol, replicates: 0 })

/** Videos with scores around 0.3 and 0.7. */
function scored(seed: string, count: number, noise: number, label?: 'real' | 'fake'): ScoredVideo[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, i) => {
    const fake = label ? label === 'fake' : i % 3 > 0
    const probability = Math.min(Math.max((fake ? 0.7 : 0.3) + random.normal(0, noise), 0), 1)
    const subset = fake ? `method ${i % 3}` : 'original'
    return { path: `${i}.mp4`, label: fake ? 'fake' : 'real', subset, faces: [], probability }
  })
}

const codeOf = (action: () => unknown) => {
  try {
    action()
  } catch (error) {
    return error instanceof UnmaskError ? `${error.code}: ${error.message}` : error
  }
  return undefined
}

test('a better model is found better, by the interval and by DeLong', () => {
  const [poor, good] = [evaluate(scored('poor', 300, 0.5)), evaluate(scored('good', 300, 0.2))]
  const { all, subsets } = compareEvaluations(poor, good, { replicates: 300 })
  expect(all.count).toEqual({ real: 100, fake: 200 })
  expect(all.metrics.auc.first).toBeCloseTo(poor.video.auc.value!, 6)
  expect(all.metrics.auc.second).toBeCloseTo(good.video.auc.value!, 6)
  expect(all.metrics.auc.difference.value).toBeCloseTo(good.video.auc.value! - poor.video.auc.value!, 6)
  expect(all.metrics.auc.difference.low).toBeGreaterThan(0)
  expect(all.metrics.brier.difference.high).toBeLessThan(0)
  expect(all.deLong!.p).toBeLessThan(0.001)
  const reach = 1.96 * all.deLong!.standardError!
  const { low, high } = all.metrics.auc.difference
  expect((high! - low!) / (2 * reach)).toBeCloseTo(1, 0)
  expect(Object.keys(subsets)).toEqual(['method 1', 'method 2', 'original'])
  expect(subsets['method 1']).toMatchObject({ against: 'all-reals', count: { real: 100, fake: 100 } })
  expect(subsets.original).toMatchObject({ against: 'nothing', deLong: null })
  expect(subsets.original!.metrics.auc).toEqual({
    first: null,
    second: null,
    difference: { value: null, low: null, high: null },
  })
  expect(subsets.original!.metrics.falsePositiveRate.difference.high).toBeLessThan(0)
})

test('turned round, all differences change their sign', () => {
  const [one, other] = [evaluate(scored('a', 60, 0.4)), evaluate(scored('b', 60, 0.4), {}, 0.4)]
  const [there, back] = [compareEvaluations(one, other), compareEvaluations(other, one)]
  for (const name of metricNames) {
    const [a, b] = [there.all.metrics[name].difference, back.all.metrics[name].difference]
    expect(a.value).toBeCloseTo(-b.value!, 12)
    expect(a.low).toBeCloseTo(-b.high!, 12)
  }
  expect(there.all.deLong!.p).toBeCloseTo(back.all.deLong!.p!, 12)
})

test('pairs make it sharper: the same hard videos for both', () => {
  const shared = scored('shared', 200, 0.3)
  const nearly = shared.map((video, i) => ({ ...video, probability: Math.max(video.probability - 0.01 * (i % 2), 0) }))
  const { low, high } = compareEvaluations(evaluate(shared), evaluate(nearly)).all.metrics.auc.difference
  const alone = summarise(shared, [], { threshold: 0.5, protocol: {} }).video.auc
  expect(high! - low!).toBeLessThan((alone.high! - alone.low!) / 4)
})

test('videos that only one has are named and left out; protocols that differ are told', () => {
  const videos = scored('some', 30, 0.3)
  const first = evaluate(videos.slice(2), { model: { sha256: 'a' }, plan: { clips: 4 } })
  const second = evaluate(videos.slice(0, -1), { model: { sha256: 'b' }, plan: { clips: 4 }, treatment: 'blur' })
  const comparison = compareEvaluations(first, second, { replicates: 100 })
  expect(comparison).toMatchObject({
    onlyFirst: ['29.mp4'],
    onlySecond: ['0.mp4', '1.mp4'],
    protocol: ['model', 'treatment'],
  })
  expect(comparison.all.count).toEqual({ real: 9, fake: 18 })
})

describe('what cannot be compared', () => {
  const videos = scored('some', 9, 0.3)
  const moved = videos.map((video) => ({ ...video, path: `elsewhere/${video.path}` }))
  const relabelled = videos.map((video, i) => (i < 2 ? { ...video, label: i % 3 > 0 ? 'real' : 'fake' } : video))
  test.each([
    ['no path shared', moved, 'the evaluations share no path; the first has e.g. 0.mp4, the second elsewhere/0.mp4'],
    ['nothing scored', [], 'the evaluations share no path; the first has e.g. 0.mp4, the second none'],
    [
      'labels that contradict',
      relabelled as ScoredVideo[],
      '0.mp4 is real in the first evaluation and fake in the second, and so for 1 more',
    ],
    ['a path twice', [...videos, videos[0]!], 'the second evaluation has 0.mp4 twice'],
  ])('%s', (_, others, message) => {
    const outcome = codeOf(() => compareEvaluations(evaluate(videos), evaluate(others)))
    expect(outcome).toBe(`evaluate-mismatch: ${message}`)
  })

  test('one class only: no AUC, but rates', () => {
    const [one, other] = [scored('a', 20, 0.3, 'real'), scored('b', 20, 0.3, 'real')].map((videos) => evaluate(videos))
    const { all } = compareEvaluations(one!, other!, { replicates: 100 })
    expect(all).toMatchObject({ against: 'nothing', deLong: null, metrics: { auc: { first: null } } })
    expect(all.metrics.falsePositiveRate.difference.low).not.toBeNull()
  })
})
