import type { DataEntry } from '../../dataset/entry.ts'
import { scoreVideo } from '../../detect/score-video.ts'
import type { Scorer } from '../../detect/scorer.ts'
import type { FaceDetector } from '../../face/detector.ts'
import { digestOf } from '../../files/digest.ts'
import type { Perturbation } from '../perturb/kinds.ts'
import { openEntry } from './open-entry.ts'
import type { Scoring } from './options.ts'
import { failedVerdict, type Verdict, verdictOf } from './verdict.ts'

/** What all videos of a run share. */
export interface Run {
  readonly scorer: Scorer
  readonly scoring: Scoring
  readonly log: { get(key: string): Verdict | undefined; add(key: string, verdict: Verdict): Promise<void> } | undefined
  /** Key of the log for a file of this content. */
  readonly keyOf: (digest: string, perturbation: Perturbation | undefined) => string
  readonly signal?: AbortSignal
}

/**
 * Scores one video of a data set, or takes its verdict from the log. A video that cannot be scored is a verdict too; only
 * verdicts that would be the same another time are logged.
 * @throws UnmaskError `device-failed` and others that end a run; the signal's reason
 */
export async function scoreEntry(
  entry: DataEntry,
  perturbation: Perturbation | undefined,
  detector: FaceDetector,
  { scorer, scoring, log, keyOf, signal }: Run,
): Promise<{ readonly verdict: Verdict; readonly known: boolean }> {
  const stop = signal ? { signal } : {}
  try {
    const digest = await digestOf(entry.path, signal)
    const key = keyOf(digest, perturbation)
    const known = log?.get(key)
    if (known) return { verdict: known, known: true }
    const { clips, span, rate, faces } = scoring
    await using video = await openEntry(entry, scoring, { perturbation, digest, ...stop })
    const score = await scoreVideo(video, { detector, scorer, clips, span, rate, faces, ...stop })
    const verdict = verdictOf(score)
    await log?.add(key, verdict)
    return { verdict, known: false }
  } catch (error) {
    return { verdict: failedVerdict(error, signal), known: false }
  }
}
