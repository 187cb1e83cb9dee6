import type { Warning } from '../../video/video.ts'
import { countText } from '../../words.ts'
import { mostFaces } from '../face/face-records.ts'
import type { Reason } from '../reasons.ts'
import type { Basis, DetectedFace, Verdict } from '../result.ts'

type Judged = Pick<DetectedFace, 'verdict' | 'reasons' | 'isMain'>

/** What a video's verdict needs to know besides its faces. */
export interface Watched {
  /** Faces that were seen, however briefly, and frames in which they were looked for. */
  readonly facesSeen: number
  readonly framesLooked: number
  readonly choice: Basis['faces']
  /** What is wrong with the file. */
  readonly warnings: readonly Warning[]
}

/**
 * The verdict about a video, from its main faces: one fake face makes a fake video; for a real one all of them have to be
 * real. Reasons of the faces that decided come first; then which faces were not judged, and what is wrong with the file.
 */
export function videoVerdict(
  faces: readonly Judged[],
  { facesSeen, framesLooked, choice, warnings }: Watched,
): { readonly verdict: Verdict; readonly reasons: readonly Reason[] } {
  const damages = warnings.map(({ message }) => ({ code: 'file-damaged', message, track: null }) as const)
  const main = faces.filter(({ isMain }) => isMain)
  if (main.length === 0) return { verdict: 'no-face', reasons: [absence(facesSeen, framesLooked), ...damages] }
  const verdict = verdictOf(main)
  const [deciding, others] = [true, false].map((wanted) => main.filter((face) => (face.verdict === verdict) === wanted))
  return {
    verdict,
    reasons: [...[...deciding!, ...others!].flatMap(({ reasons }) => reasons), ...leftOut(choice), ...damages],
  }
}

function verdictOf(main: readonly Judged[]): DetectedFace['verdict'] {
  if (main.some(({ verdict }) => verdict === 'fake')) return 'fake'
  return main.every(({ verdict }) => verdict === 'real') ? 'real' : 'uncertain'
}

function leftOut({ wanted, leftOut: count }: Basis['faces']): Reason[] {
  if (count === 0) return []
  const message =
    wanted === 'largest'
      ? `${countText(count, 'other face')} not counted: only the largest was asked for`
      : `${countText(count, 'narrower face')} not judged: no more than ${mostFaces} are`
  return [{ code: 'faces-left-out', message, track: null }]
}

function absence(facesSeen: number, framesLooked: number): Reason {
  if (facesSeen > 0) {
    const seen = `${countText(facesSeen, 'face')} seen`
    return { code: 'faces-too-brief', message: `${seen}, but too briefly to be judged`, track: null }
  }
  return { code: 'no-face', message: `no face found in ${countText(framesLooked, 'frame')}`, track: null }
}
