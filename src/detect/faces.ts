import { z } from 'zod'
import { faceProbability, videoProbability, widestFace } from './aggregate.ts'
import type { FaceClipScore, FaceScore } from './score.ts'

/** Which faces of a video count: `all`, as `videoProbability` says, or only the widest one. */
export const facesChoice = z.enum(['all', 'largest']).default('all')

export type FacesChoice = z.output<typeof facesChoice>

/** A clip's score, and which face of which width it is of. */
export interface ScoredClipOfFace {
  readonly track: number
  /** Median width in display pixels. */
  readonly width: number
  readonly clip: FaceClipScore
}

/** Gathers clips by face, in the order of appearance; undefined where there are none. */
export function scoresOfFaces(scored: readonly ScoredClipOfFace[], wanted: FacesChoice) {
  if (scored.length === 0) return undefined
  const byTrack = Map.groupBy(scored, ({ track }) => track)
  const all = [...byTrack].toSorted(([a], [b]) => a - b).map(([track, parts]) => faceScore(track, parts))
  const faces = wanted === 'all' ? all : [widestFace(all)]
  return { outcome: 'scored', faces, probability: videoProbability(faces) } as const
}

function faceScore(track: number, parts: readonly ScoredClipOfFace[]): FaceScore {
  const clips = parts.map(({ clip }) => clip).toSorted((a, b) => a.clip - b.clip)
  return { track, width: parts[0]!.width, clips, probability: faceProbability(clips) }
}
