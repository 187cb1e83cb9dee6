import type { DetectedFace, DetectedSnippet } from '../../../detect/result.ts'

/** What the model says of a face at some time. */
export interface Judgement {
  /** Of the clips that this time is in, the largest; undefined between clips. */
  readonly probability: number | undefined
  /** The snippet that is nearest in time. */
  readonly snippet: DetectedSnippet
  /** Whether its frames were seen by the model; else it is before or after this time. */
  readonly seen: boolean
  /**
   * How much its heat counts now, 0 to 1: in its frames as much as its clip looks fake, falling to nothing within `fading`
   * seconds. By the probability, so that what little evidence a real face has does not glow.
   */
  readonly strength: number
}

/** Heat of four frames would flash by; it fades in and out in so many seconds. */
const fading = 0.4

export function judgementAt({ clips }: Pick<DetectedFace, 'clips'>, seconds: number): Judgement {
  const here = clips.filter(({ startSeconds, endSeconds }) => startSeconds <= seconds && seconds <= endSeconds)
  const distance = ({ startSeconds, endSeconds }: DetectedSnippet) =>
    Math.max(startSeconds - seconds, seconds - endSeconds, 0)
  const { snippet, clip } = clips
    .flatMap((clip) => clip.snippets.map((snippet) => ({ snippet, clip })))
    .reduce((nearest, other) => (distance(other.snippet) < distance(nearest.snippet) ? other : nearest))
  const away = distance(snippet)
  return {
    probability: here.length > 0 ? Math.max(...here.map(({ probability }) => probability)) : undefined,
    snippet,
    seen: away === 0,
    strength: clip.probability * Math.max(1 - away / fading, 0),
  }
}
