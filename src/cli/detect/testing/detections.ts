import type { DetectedClip, DetectedFace, Detection, Heat } from '../../../detect/result.ts'
import type { Region } from '../../../video/image.ts'

const square: Region = { x: 40, y: 20, width: 80, height: 80 }

/** Hot at one place. */
const heat: Heat = { width: 2, height: 2, data: new Float32Array([0, 0, 0, 4]) }

/** A clip of two snippets of a tenth of a second, at its ends. */
export function clipOf(startSeconds: number, endSeconds: number, probability: number, region = square): DetectedClip {
  const snippet = (start: number) => ({
    startSeconds: start,
    endSeconds: start + 0.1,
    probability,
    evidence: 0.5,
    region,
    heat,
  })
  return {
    startSeconds,
    endSeconds,
    probability,
    snippets: [snippet(startSeconds), snippet(endSeconds - 0.1)],
  }
}

/** A face of which only what is given matters. */
export function faceOf(
  given: Pick<DetectedFace, 'track' | 'verdict' | 'probability'> & Partial<DetectedFace>,
): DetectedFace {
  const image = { width: 1, height: 1, data: new Uint8Array(3) }
  return {
    startSeconds: 0,
    endSeconds: 10,
    recompressed: given.probability,
    isMain: true,
    reasons: [],
    clips: [clipOf(1, 4, given.probability), clipOf(6, 9, given.probability)],
    thumbnail: { seconds: 5, region: square, image },
    regions: null,
    relations: null,
    moments: [],
    quality: { size: 55, sharpness: 0.7, yaw: 0, roll: 0, score: 0.9, found: 100, looked: 100 },
    ...given,
  }
}

/** A detection of ten seconds of which only what is given matters. */
export function detectionOf(given: Pick<Detection, 'verdict' | 'probability'> & Partial<Detection>): Detection {
  return {
    reasons: [],
    faces: [],
    basis: {
      version: '0.0.0',
      model: { hash: '0'.repeat(64), name: 'made', calibrated: true, fakeFrom: 0.7, realUpTo: 0.3 },
      video: { durationSeconds: 10, width: 320, height: 240, warnings: [] },
      faces: { wanted: 'all', leftOut: 0 },
      framesExpected: 40,
      framesRepeated: 0,
      framesDecoded: 80,
      device: { kind: 'cpu', threads: 1, why: 'asked for', rejected: [], engine: 'none' },
      seconds: 1.5,
    },
    ...given,
  }
}
