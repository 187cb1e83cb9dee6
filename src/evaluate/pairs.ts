import { UnmaskError } from '../errors.ts'
import type { ScoredVideo } from './scored.ts'

/** What two models said of one video. */
export interface VideoPair extends Pick<ScoredVideo, 'path' | 'label' | 'subset'> {
  readonly probabilities: readonly [first: number, second: number]
}

/** The videos that both have, and the paths that only one of them has. */
export interface Matched {
  readonly pairs: readonly VideoPair[]
  readonly onlyFirst: readonly string[]
  readonly onlySecond: readonly string[]
}

/**
 * Matches videos by path.
 * @throws UnmaskError `evaluate-mismatch` when one is real in the one and fake in the other, or a path is there twice
 */
export function matchVideos(first: readonly ScoredVideo[], second: readonly ScoredVideo[]): Matched {
  const [inFirst, inSecond] = [byPath(first, 'first'), byPath(second, 'second')]
  const shared = first.filter(({ path }) => inSecond.has(path))
  const contradicting = shared.filter(({ path, label }) => inSecond.get(path)!.label !== label)
  if (contradicting.length > 0) {
    const [{ path, label }] = contradicting as [ScoredVideo]
    const more = contradicting.length > 1 ? `, and so for ${contradicting.length - 1} more` : ''
    throw new UnmaskError(
      'evaluate-mismatch',
      `${path} is ${label} in the first evaluation and ${inSecond.get(path)!.label} in the second${more}`,
    )
  }
  const missing = (videos: readonly ScoredVideo[], other: ReadonlyMap<string, ScoredVideo>) =>
    videos.map(({ path }) => path).filter((path) => !other.has(path))
  return {
    pairs: shared.map(({ path, label, subset, probability }) => ({
      path,
      label,
      subset,
      probabilities: [probability, inSecond.get(path)!.probability],
    })),
    onlyFirst: missing(first, inSecond),
    onlySecond: missing(second, inFirst),
  }
}

function byPath(videos: readonly ScoredVideo[], which: string): Map<string, ScoredVideo> {
  const found = new Map<string, ScoredVideo>()
  for (const video of videos) {
    if (found.has(video.path)) {
      throw new UnmaskError('evaluate-mismatch', `the ${which} evaluation has ${video.path} twice`)
    }
    found.set(video.path, video)
  }
  return found
}
