import type { CachedClip } from '../dataset/face-clip.ts'
import { checkOptions } from '../options.ts'
import { type FacesChoice, facesChoice, scoresOfFaces } from './faces.ts'
import type { FaceScore } from './score.ts'
import type { Scorer } from './scorer.ts'

export interface ScoreClipsOptions {
  readonly faces?: FacesChoice
  readonly signal?: AbortSignal
}

/**
 * Scores the faces of a video from its crops as a cache keeps them, the same bits as `scoreVideo` of the video itself
 * where they were cut with the same plan, size and no margin. A still is shown as a clip in which nothing moves.
 * @returns undefined where there are no clips
 * @throws what `Scorer.clip` throws; UnmaskError `option-invalid`
 */
export async function scoreClips(
  scorer: Scorer,
  clips: readonly CachedClip[],
  { faces, signal }: ScoreClipsOptions = {},
): Promise<{ readonly faces: readonly FaceScore[]; readonly probability: number } | undefined> {
  const wanted = checkOptions(facesChoice, faces, 'scoreClips: faces')
  const scored = []
  const frames = scorer.input.snippets * scorer.input.frames
  for (const { track, faceWidth, clip, seconds, regions, repeated, images } of clips) {
    const isStill = images.length === 1
    const shown = isStill ? Array.from({ length: frames }, () => images[0]!) : images
    const score = await scorer.clip(shown, signal ? { signal } : {})
    scored.push({ track, width: faceWidth, clip: { ...score, clip, seconds, regions, repeated } })
  }
  return scoresOfFaces(scored, wanted)
}
