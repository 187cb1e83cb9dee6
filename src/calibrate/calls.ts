import { calledAt, type OperatingPoints } from '../detect/operating-points.ts'
import { wilsonInterval } from '../evaluate/metrics/wilson.ts'

/** A video at one quality, and what it was called. */
export interface Judged {
  readonly path: string
  readonly label: 'real' | 'fake'
  readonly quality: string
  readonly called: 'fake' | 'real' | 'uncertain'
}

/** A share with its 95 % interval. */
export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** What videos of one class were called. */
export interface Calls {
  /** How often, of videos at each quality. */
  readonly fake: number
  readonly uncertain: number
  readonly real: number
  /** Different videos. */
  readonly videos: number
  /** How often the verdict was wrong. The interval is that of so many independent videos. */
  readonly wrong: Share
}

export interface CallsOfBoth {
  readonly real: Calls
  readonly fake: Calls
}

export function judge(
  videos: readonly { readonly path: string; readonly label: 'real' | 'fake'; readonly quality: string }[],
  probabilities: readonly number[],
  points: OperatingPoints,
): Judged[] {
  return videos.map(({ path, label, quality }, i) => {
    return { path, label, quality, called: calledAt(probabilities[i]!, points) }
  })
}

/** What videos were called: all of them, and by quality. */
export function callsOf(judged: readonly Judged[]): { all: CallsOfBoth; byQuality: Record<string, CallsOfBoth> } {
  const qualities = Map.groupBy(judged, ({ quality }) => quality)
  return {
    all: ofBoth(judged),
    byQuality: Object.fromEntries([...qualities].map(([quality, own]) => [quality, ofBoth(own)])),
  }
}

function ofBoth(judged: readonly Judged[]): CallsOfBoth {
  return { real: ofLabel(judged, 'real'), fake: ofLabel(judged, 'fake') }
}

/** A video at several qualities is no new evidence, so the interval is as wide as if it had been seen once. */
function ofLabel(judged: readonly Judged[], label: 'real' | 'fake'): Calls {
  const own = judged.filter((one) => one.label === label)
  const times = (called: Judged['called']) => own.filter((one) => one.called === called).length
  const counts = { fake: times('fake'), uncertain: times('uncertain'), real: times('real') }
  const videos = new Set(own.map(({ path }) => path)).size
  if (videos === 0) return { ...counts, videos, wrong: { share: 0, low: 0, high: 1 } }
  const share = counts[label === 'real' ? 'fake' : 'real'] / own.length
  return { ...counts, videos, wrong: { share, ...wilsonInterval(share, videos) } }
}
