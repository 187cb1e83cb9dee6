import type { FaceClip } from '../../clip/reader.ts'
import { type ClipEvidence, frameEvidence, frameHeat, snippetHeat } from '../../explain/evidence.ts'
import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import { type Calibration, probabilityOf } from '../calibration.ts'
import type { DetectedClip, DetectedSnippet, Moment } from '../result.ts'
import type { ClipScore } from '../score.ts'

/** All that was found out about one clip of a face. */
export interface SeenClip {
  readonly clip: Required<FaceClip>
  /** Of a scorer that explains. */
  readonly score: ClipScore
  /** Probability of its recompressed copy. */
  readonly recompressed: number
  /** Of each snippet, in pixels of the crop. */
  readonly landmarks: readonly Landmarks[]
}

/** A moment that is not looked at closely yet, and which frame of the clip it is. */
export type Glance = Omit<Moment, 'image'> & { readonly frame: number }

/** What of it is needed to say where the evidence is. */
export function evidenceOf({ score, landmarks }: SeenClip): ClipEvidence {
  return { cam: score.cam!, attention: score.attention, landmarks }
}

/** As the result tells it. @param snippets of a clip */
export function detectedClip({ clip, score }: SeenClip, snippets: number, calibration: Calibration): DetectedClip {
  const each = clip.seconds.length / snippets
  const evidence = Array.from({ length: snippets }, (_, snippet) => {
    return framesOf(snippet, each).reduce((sum, frame) => sum + frameEvidence(score.cam!, frame), 0)
  })
  // By the same sums that they are shares of, so that rounding makes none larger than 1.
  const all = evidence.reduce((sum, part) => sum + part, 0)
  const parts = Array.from({ length: snippets }, (_, snippet): DetectedSnippet => {
    const [first, last] = [snippet * each, (snippet + 1) * each - 1]
    return {
      startSeconds: clip.seconds[first]!,
      endSeconds: clip.seconds[last]!,
      probability: frameProbability(score, first, last, calibration),
      evidence: all > 0 ? evidence[snippet]! / all : 0,
      region: clip.regions[first]!,
      heat: snippetHeat(score.cam!, snippet, snippets),
    }
  })
  const [startSeconds, endSeconds] = [clip.seconds[0]!, clip.seconds.at(-1)!]
  return { startSeconds, endSeconds, probability: score.probability, snippets: parts }
}

/** Of each snippet the frame with the most evidence. */
export function glancesOf({ clip, score }: SeenClip, snippets: number, calibration: Calibration): Glance[] {
  const each = clip.seconds.length / snippets
  return Array.from({ length: snippets }, (_, snippet) => {
    const frames = framesOf(snippet, each)
    const evidence = frames.map((frame) => frameEvidence(score.cam!, frame))
    const frame = frames[evidence.indexOf(Math.max(...evidence))]!
    return {
      frame,
      seconds: clip.seconds[frame]!,
      region: clip.regions[frame]!,
      probability: frameProbability(score, frame, frame, calibration) ?? score.probability,
      heat: frameHeat(score.cam!, frame),
    }
  })
}

/** Numbers of the frames of a snippet in its clip. @param each frames of a snippet */
function framesOf(snippet: number, each: number): number[] {
  return Array.from({ length: each }, (_, i) => snippet * each + i)
}

/**
 * Of frames, each looked at on its own: their margins' mean, calibrated as those of clips. The calibration was not made for
 * it, so it tells frames of one video apart better than it tells how sure one may be of any.
 */
function frameProbability({ frames }: ClipScore, first: number, last: number, calibration: Calibration): number | null {
  if (!frames) return null
  let margin = 0
  for (let frame = first; frame <= last; frame++) margin += frames.data[2 * frame + 1]! - frames.data[2 * frame]!
  return probabilityOf([0, margin / (last - first + 1)], calibration)
}
