import type { z } from 'zod'
import { planOptions } from '../clip/options.ts'
import { planClips } from '../clip/plan.ts'
import { ClipReader, type ClipReaderOptions } from '../clip/reader.ts'
import type { FaceDetector } from '../face/detector.ts'
import { checkOptions } from '../options.ts'
import { durationOf } from '../video/duration.ts'
import type { Image } from '../video/image.ts'
import type { Video } from '../video/video.ts'
import { facesChoice, scoresOfFaces } from './faces.ts'
import type { FaceClipScore, VideoScore } from './score.ts'
import type { Scorer } from './scorer.ts'

const options = planOptions.extend({ faces: facesChoice })

export type ScoreVideoOptions = z.input<typeof options> &
  ClipReaderOptions & {
    readonly detector: FaceDetector
    readonly scorer: Scorer
    /** Hears of each clip of each face as it is scored, with the crops that the model saw. */
    readonly onClip?: (clip: FaceClipScore, images: readonly Image[]) => void
  }

/**
 * Scores the faces of a video: clips spread over it (`planClips`), the faces in them found, followed and cut out
 * (`ClipReader`), each clip of each face seen by the model. The next clip is decoded while the model is at the last one.
 * @throws UnmaskError `option-invalid`; what iterating over the video, detecting and scoring throw
 */
export async function scoreVideo(video: Video, given: ScoreVideoOptions): Promise<VideoScore> {
  const { detector, scorer, signal, onProgress, onClip, ...rest } = given
  const { faces: wanted, ...planning } = checkOptions(options, rest, 'scoreVideo')
  const stop = signal ? { signal } : {}
  const whole = { from: 0, to: await durationOf(video, stop) }
  const plan = planClips([whole], scorer.input, video.info.frameRate, planning)
  const reader = new ClipReader(video, detector, plan, scorer.input.size, {
    ...stop,
    ...(onProgress && { onProgress }),
  })
  const scored: { readonly track: number; readonly score: FaceClipScore }[] = []
  for await (const { images, clip, track, seconds, regions, repeated } of reader) {
    const score = { ...(await scorer.clip(images, stop)), clip, seconds, regions, repeated }
    scored.push({ track, score })
    onClip?.(score, images)
  }
  const widths = new Map(reader.tracks.map(({ id, quality }) => [id, quality.size]))
  const faces = scoresOfFaces(
    scored.map(({ track, score }) => ({ track, width: widths.get(track)!, clip: score })),
    wanted,
  )
  const { framesDecoded, warnings } = video.report
  return { framesDecoded, warnings, ...(faces ?? { outcome: 'no-face', facesSeen: widths.size }) }
}
