import { contentHash } from '../../dataset/content-hash.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { scoreVideo } from '../../detect/score-video.ts'
import type { Scorer } from '../../detect/scorer.ts'
import type { FaceDetector } from '../../face/detector.ts'
import type { Perturbation } from '../perturb/kinds.ts'
import { type OpenEntryOptions, openEntry } from './open-entry.ts'
import type { Scoring } from './options.ts'
import { type ClipsOfEntries, verdictFromCrops } from './score-entries.ts'
import { failedVerdict, type Verdict, verdictOf } from './verdict.ts'

/** What all videos of a run share. */
export interface Run {
  readonly scorer: Scorer
  readonly scoring: Scoring
  /** Crops of the videos as they are; without it they are decoded here. */
  readonly cache: ClipsOfEntries | undefined
  readonly log: { get(key: string): Verdict | undefined; add(key: string, verdict: Verdict): Promise<void> } | undefined
  /** Key of the log for a file of this content. */
  readonly keyOf: (content: string, perturbation: Perturbation | undefined) => string
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
  run: Run,
): Promise<{ readonly verdict: Verdict; readonly known: boolean }> {
  try {
    const content = await contentHash(entry.path, run.signal)
    const key = run.keyOf(content, perturbation)
    const known = run.log?.get(key)
    if (known) return { verdict: known, known: true }
    const verdict =
      run.cache && !perturbation
        ? await verdictFromCrops(run.scorer, run.cache, entry, { faces: run.scoring.faces, ...stopOf(run) })
        : await verdictFromVideo(entry, { perturbation, content, ...stopOf(run) }, detector, run)
    await run.log?.add(key, verdict)
    return { verdict, known: false }
  } catch (error) {
    return { verdict: failedVerdict(error, run.signal), known: false }
  }
}

async function verdictFromVideo(
  entry: DataEntry,
  options: OpenEntryOptions,
  detector: FaceDetector,
  { scorer, scoring, signal }: Run,
): Promise<Verdict> {
  const { clips, span, rate, faces } = scoring
  await using video = await openEntry(entry, scoring, options)
  return verdictOf(await scoreVideo(video, { detector, scorer, clips, span, rate, faces, ...stopOf({ signal }) }))
}

function stopOf({ signal }: { readonly signal?: AbortSignal | undefined }) {
  return signal ? { signal } : {}
}
