import { basename } from 'node:path'
import type { ScoredVideo } from '../../src/evaluate/scored.ts'

/**
 * How often a fake scores higher than its own real twin: the real video of the same file name. A tie is no success.
 */
export function pairsInOrder(videos: readonly Pick<ScoredVideo, 'path' | 'label' | 'probability'>[]): {
  readonly above: number
  readonly pairs: number
} {
  const reals = new Map(videos.filter(({ label }) => label === 'real').map((real) => [basename(real.path), real]))
  const pairs = videos.flatMap((fake) => {
    const real = fake.label === 'fake' ? reals.get(basename(fake.path)) : undefined
    return real ? [{ fake, real }] : []
  })
  return { above: pairs.filter(({ fake, real }) => fake.probability > real.probability).length, pairs: pairs.length }
}
