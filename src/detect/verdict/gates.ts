import { countText } from '../../words.ts'
import { calledAt, type OperatingPoints } from '../operating-points.ts'
import type { Reason } from '../reasons.ts'
import { scoreText } from '../score-text.ts'
import type { FaceFindings } from './findings.ts'

/**
 * Narrower faces, in display pixels, get no verdict. A face of 64 pixels is shown to the model in a crop of 93, which for
 * `mrl-lite` is enlarged by more than a third: what forging leaves behind is lost in the original already, and what
 * scaling leaves behind takes its place.
 */
export const leastWidth = 64

/** Of the frames that make a clip, so many must be there and differ: with fewer nothing is known of movement. */
export const leastFrames = 0.5

/** A clip contradicts a face when it is called the opposite and its probability is so far from the face's. */
export const contradiction = 0.25

/** More than this share of neighbouring clips must contradict a face; fewer is what models err in. */
const contradicting = 1 / 3

/** So many neighbours are looked at together, that a forged minute of an hour counts as one of a short video. */
const neighbours = 8

/** Looks for what speaks against giving a verdict of fake or real by the score. */
type Gate = (face: FaceFindings, called: 'fake' | 'real', points: OperatingPoints) => Omit<Reason, 'track'> | undefined

/** The most important first. */
export const gates: readonly Gate[] = [smallFace, fewFrames, recompression, clipsDisagree]

function smallFace({ width }: FaceFindings) {
  if (width >= leastWidth) return undefined
  return { code: 'small-face', message: `face only ${Math.round(width)} px wide` } as const
}

function fewFrames({ frames, framesOfClip }: FaceFindings) {
  if (frames >= leastFrames * framesOfClip) return undefined
  return { code: 'few-frames', message: `only ${countText(frames, 'frame')} of the face` } as const
}

function recompression({ probability, recompressed }: FaceFindings, called: 'fake' | 'real', points: OperatingPoints) {
  const middle = (points.fakeFrom + points.realUpTo) / 2
  const staysFake = recompressed >= middle
  if (staysFake === (called === 'fake')) return undefined
  const change = `from ${scoreText(probability, points)} to ${scoreText(recompressed, points)}`
  return { code: 'recompression', message: `verdict changes under recompression, ${change}` } as const
}

function clipsDisagree({ clips, probability }: FaceFindings, called: 'fake' | 'real', points: OperatingPoints) {
  const opposite = called === 'fake' ? 'real' : 'fake'
  const against = clips.map((clip) => {
    return calledAt(clip, points) === opposite && Math.abs(clip - probability) >= contradiction
  })
  const windows = Array.from({ length: Math.max(1, clips.length - neighbours + 1) }, (_, i) =>
    against.slice(i, i + neighbours),
  )
  if (!windows.some((window) => window.filter(Boolean).length > contradicting * window.length)) return undefined
  const count = against.filter(Boolean).length
  return {
    code: 'clips-disagree',
    message: `clips disagree: ${count} of ${clips.length} look ${opposite}`,
  } as const
}
