import type { DataEntry } from '../../dataset/entry.ts'
import type { CachedClip } from '../../dataset/face-clip.ts'
import type { FacesChoice } from '../../detect/faces.ts'
import { type ScoreClipsOptions, scoreClips } from '../../detect/score-clips.ts'
import type { Scorer } from '../../detect/scorer.ts'
import type { FailedVideo, ScoredVideo } from '../scored.ts'
import { failedVerdict, noFace, partVideos, scoredVerdict, type Verdict, withEntry } from './verdict.ts'

/** The part of `CropCache` that scoring needs. */
export interface ClipsOfEntries {
  clips(entry: DataEntry): Promise<readonly CachedClip[]>
}

export interface ScoreEntriesOptions {
  readonly faces?: FacesChoice
  /** How a video is called in the results; default: its path. */
  readonly nameOf?: (entry: DataEntry) => string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly videos: number; readonly videosPlanned: number }) => void
}

/**
 * Scores the videos of a data set from their crops in a cache, whose layout and size must be those of the scorer and
 * whose margin must be 1. Videos without a face, and those that the cache fails on, are listed as failures.
 * @throws UnmaskError `device-failed` and others that are not of one video; the signal's reason
 */
export async function scoreEntries(
  scorer: Scorer,
  cache: ClipsOfEntries,
  entries: readonly DataEntry[],
  { faces, nameOf = ({ path }) => path, signal, onProgress }: ScoreEntriesOptions = {},
): Promise<{ readonly videos: ScoredVideo[]; readonly failures: FailedVideo[] }> {
  const all: (ScoredVideo | FailedVideo)[] = []
  const options = { ...(faces && { faces }), ...(signal && { signal }) }
  for (const entry of entries) {
    const verdict = await verdictFromCrops(scorer, cache, entry, options).catch((error) => failedVerdict(error, signal))
    all.push(withEntry(entry, nameOf(entry), verdict))
    onProgress?.({ videos: all.length, videosPlanned: entries.length })
  }
  return partVideos(all)
}

/** @throws what the cache and the scorer throw; the signal's reason */
export async function verdictFromCrops(
  scorer: Scorer,
  cache: ClipsOfEntries,
  entry: DataEntry,
  options: ScoreClipsOptions,
): Promise<Verdict> {
  options.signal?.throwIfAborted()
  const score = await scoreClips(scorer, await cache.clips(entry), options)
  return score ? scoredVerdict(score) : noFace()
}
