import type { DataEntry } from '../../dataset/entry.ts'
import type { FaceScore, VideoScore } from '../../detect/score.ts'
import { type ErrorCode, UnmaskError } from '../../errors.ts'
import type { FailedVideo, ScoredVideo } from '../scored.ts'

/** What came of a video, without which one it is: scores, or why there are none. */
export type Verdict = Pick<ScoredVideo, 'faces' | 'probability'> | Pick<FailedVideo, 'reason' | 'message'>

export function isScored(verdict: Verdict): verdict is Pick<ScoredVideo, 'faces' | 'probability'> {
  return 'probability' in verdict
}

export function verdictOf(score: VideoScore): Verdict {
  return score.outcome === 'scored' ? scoredVerdict(score) : noFace(score.facesSeen)
}

export function scoredVerdict(score: { readonly faces: readonly FaceScore[]; readonly probability: number }): Verdict {
  const faces = score.faces.map(({ track, width, clips, probability }) => ({
    track,
    width,
    clips: clips.map(({ seconds, probability }) => {
      return { fromSeconds: Math.min(...seconds), toSeconds: Math.max(...seconds), probability }
    }),
    probability,
  }))
  return { faces, probability: score.probability }
}

/** @param seen faces that were not there for long enough */
export function noFace(seen = 0): Verdict {
  const message = seen === 0 ? 'no face was found' : 'faces were seen, but none for half of the frames of a clip'
  return { reason: 'no-face', message }
}

/** Errors that are not of one video: the run cannot go on. */
const ofTheRun: readonly ErrorCode[] = ['device-failed', 'device-missing', 'disposed', 'memory-short']

/** A video that cannot be read, or on which the program fails. @throws the error where it is not of this one video */
export function failedVerdict(
  error: unknown,
  signal: AbortSignal | undefined,
): Pick<FailedVideo, 'reason' | 'message'> {
  signal?.throwIfAborted()
  if (!(error instanceof UnmaskError)) return { reason: 'internal', message: String(error) }
  if (ofTheRun.includes(error.code)) throw error
  return { reason: error.code, message: error.message }
}

/** A verdict with the video that it is of. @param path by which the results call it */
export function withEntry({ label, subset }: DataEntry, path: string, verdict: Verdict): ScoredVideo | FailedVideo {
  return { path, label, subset, ...verdict }
}

/** Parts the videos that were scored from those that were not. */
export function partVideos(all: readonly (ScoredVideo | FailedVideo)[]) {
  return {
    videos: all.filter((video): video is ScoredVideo => 'probability' in video),
    failures: all.filter((video): video is FailedVideo => 'reason' in video),
  }
}
