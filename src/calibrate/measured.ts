import { faceProbability, mainFaces, videoProbability } from '../detect/aggregate.ts'
import { type Calibration, probabilityOf } from '../detect/calibration.ts'

/** A face in a video: the margins (logit of fake less that of real) of its clips, at least one. */
export interface MeasuredFace {
  /** Median width in display pixels. */
  readonly width: number
  readonly margins: readonly number[]
}

/** What a model said of one video at one quality. */
export interface MeasuredVideo {
  readonly path: string
  readonly label: 'real' | 'fake'
  /** Who is seen in it: videos of one person are never on both sides of a fold. */
  readonly person: string
  readonly quality: string
  /** At least one. */
  readonly faces: readonly MeasuredFace[]
}

/** The probability that a detection would give. */
export function calibratedProbability({ faces }: MeasuredVideo, calibration: Calibration): number {
  return videoProbability(
    faces.map(({ width, margins }) => {
      return { width, probability: faceProbability(clipsOf(margins, calibration)) }
    }),
  )
}

/** The margins of the face that a video's probability is of, before anything is calibrated. */
export function decidingMargins({ faces }: MeasuredVideo, calibration: Calibration): readonly number[] {
  const suspicion = ({ margins }: MeasuredFace) => faceProbability(clipsOf(margins, calibration))
  return mainFaces(faces).reduce((most, face) => (suspicion(face) > suspicion(most) ? face : most)).margins
}

function clipsOf(margins: readonly number[], calibration: Calibration) {
  return margins.map((margin) => ({ probability: probabilityOf([0, margin], calibration) }))
}
