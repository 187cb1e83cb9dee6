import { strongestRegion } from '../../explain/region-shares.ts'
import { countText, percentText } from '../../words.ts'
import { calledAt, type OperatingPoints } from '../operating-points.ts'
import type { Reason } from '../reasons.ts'
import type { DetectedFace, EvidenceRegion } from '../result.ts'
import { pointsText, scoreText } from '../score-text.ts'
import type { FaceFindings } from './findings.ts'
import { gates } from './gates.ts'

/**
 * The verdict about a face. Its score decides, by the model's operating points; where something speaks against relying on
 * it (`gates`), the verdict is `uncertain`. Reasons for that come first, then what the score says.
 */
export function faceVerdict(face: FaceFindings, points: OperatingPoints): Pick<DetectedFace, 'verdict' | 'reasons'> {
  const called = calledAt(face.probability, points)
  const score = { ...scoreReason(face, called, points), track: face.track }
  if (called === 'uncertain') return { verdict: called, reasons: [score] }
  const doubts = gates.flatMap((gate) => gate(face, called, points) ?? [])
  const reasons = [...doubts.map((doubt) => ({ ...doubt, track: face.track })), score]
  return { verdict: doubts.length > 0 ? 'uncertain' : called, reasons }
}

function scoreReason(
  { clips, regions, probability }: FaceFindings,
  called: 'fake' | 'real' | 'uncertain',
  points: OperatingPoints,
): Omit<Reason, 'track'> {
  if (called === 'uncertain') {
    const score = scoreText(probability, points)
    return { code: 'between', message: `score ${score} decides nothing: ${pointsText(points)}` }
  }
  const count = clips.filter((clip) => clip >= points.fakeFrom).length
  const found = `${count === 0 ? 'no evidence in' : `evidence in ${count} of`} ${countText(clips.length, 'clip')}`
  if (called === 'real') return { code: 'no-evidence', message: count === 0 ? found : `${found} only` }
  return { code: 'evidence', message: regions ? `${found}, strongest ${inWords(strongestRegion(regions))}` : found }
}

function inWords({ region, share }: { readonly region: EvidenceRegion; readonly share: number }): string {
  return `${region === 'elsewhere' ? 'outside the face' : `at the ${region}`} (${percentText(share)})`
}
