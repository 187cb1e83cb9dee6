import { z } from 'zod'
import { type Calibration, uncalibrated } from '../detect/calibration.ts'
import type { OperatingPoints } from '../detect/operating-points.ts'
import { UnmaskError } from '../errors.ts'
import { type DeLongArea, deLongArea } from '../evaluate/metrics/delong.ts'
import { brierScore, logLoss } from '../evaluate/metrics/proper-scores.ts'
import { rankSamples, tally } from '../evaluate/metrics/samples.ts'
import { checkOptions } from '../options.ts'
import { callsOf, type Judged, judge } from './calls.ts'
import { type AllowedErrors, chooseOperatingPoints } from './choose-points.ts'
import { calibratedProbability, decidingMargins, type MeasuredVideo } from './measured.ts'
import { fitPlatt } from './platt.ts'

const share = z.number().min(0).max(0.5)

const allowedErrors = z.strictObject({
  /** Share of the real videos that may be called fake, over all qualities, 0 to 0.5. */
  falseAlarms: share.default(0.03),
  /** Share of the fakes that may be called real, likewise. */
  missedFakes: share.default(0.1),
})

/** How good probabilities are, and how well they rank. */
export interface Goodness {
  readonly logLoss: number
  readonly brier: number
}

/** A calibration with what it rests on. */
export interface CalibrationResult {
  readonly calibration: Calibration
  readonly operatingPoints: OperatingPoints
  readonly allowed: AllowedErrors
  readonly people: number
  /** As the model is, as it was fitted, and with each person judged by a fit on the others. */
  readonly goodness: { readonly before: Goodness; readonly fitted: Goodness; readonly heldOut: Goodness }
  /** Area under the ROC curve by quality. */
  readonly auc: Readonly<Record<string, DeLongArea>>
  /** On the videos that the points were chosen on. */
  readonly fitted: ReturnType<typeof callsOf>
  /** Each person judged by scale, offset and points that come from all others. */
  readonly heldOut: ReturnType<typeof callsOf>
}

/**
 * Fits a model's calibration and chooses its operating points, on videos at several qualities; then judges each person's
 * videos by what all others give, which is what new people may expect.
 * @param videos real and fake, of at least two people
 * @throws UnmaskError `option-invalid`; `calibration-failed` where there is too little, or fakes do not score higher
 */
export function calibrate(
  videos: readonly MeasuredVideo[],
  allowed: z.input<typeof allowedErrors> = {},
): CalibrationResult {
  const errors = checkOptions(allowedErrors, allowed, 'calibrate')
  const people = [...Map.groupBy(videos, ({ person }) => person).values()]
  if (people.length < 2) throw new UnmaskError('calibration-failed', 'videos of two people are needed at least')
  const { calibration, operatingPoints, probabilities } = fitAndChoose(videos, errors)
  const held = people.flatMap((own) => {
    const others = fitAndChoose(
      videos.filter((video) => !own.includes(video)),
      errors,
    )
    const probabilities = own.map((video) => calibratedProbability(video, others.calibration))
    return judge(own, probabilities, others.operatingPoints).map((judged, i) => ({ judged, at: probabilities[i]! }))
  })
  const before = videos.map((video) => calibratedProbability(video, uncalibrated))
  const heldOut = held.map(({ judged }) => judged)
  return {
    calibration,
    operatingPoints,
    allowed: errors,
    people: people.length,
    goodness: {
      before: goodnessOf(videos, before),
      fitted: goodnessOf(videos, probabilities),
      heldOut: goodnessOf(
        heldOut,
        held.map(({ at }) => at),
      ),
    },
    auc: areas(videos, probabilities),
    fitted: callsOf(judge(videos, probabilities, operatingPoints)),
    heldOut: callsOf(inOrderOf(videos, heldOut)),
  }
}

function fitAndChoose(videos: readonly MeasuredVideo[], allowed: AllowedErrors) {
  const samples = videos.map((video) => {
    return { margins: decidingMargins(video, uncalibrated), label: video.label, group: video.path }
  })
  const calibration = fitPlatt(samples)
  const probabilities = videos.map((video) => calibratedProbability(video, calibration))
  const of = (label: MeasuredVideo['label']) => probabilities.filter((_, i) => videos[i]!.label === label)
  const operatingPoints = chooseOperatingPoints({ real: of('real'), fake: of('fake') }, allowed)
  return { calibration, operatingPoints, probabilities }
}

/** Qualities are told in the order in which they were measured. */
function inOrderOf(videos: readonly MeasuredVideo[], judged: readonly Judged[]): Judged[] {
  const order = [...new Set(videos.map(({ quality }) => quality))]
  return judged.toSorted((one, other) => order.indexOf(one.quality) - order.indexOf(other.quality))
}

function goodnessOf(videos: readonly { readonly label: 'real' | 'fake' }[], scores: readonly number[]): Goodness {
  const tallied = tally(rankSamples({ scores, fake: videos.map(isFake) }))
  return { logLoss: logLoss(tallied)!, brier: brierScore(tallied)! }
}

function areas(videos: readonly MeasuredVideo[], probabilities: readonly number[]): Record<string, DeLongArea> {
  const qualities = Map.groupBy(videos.keys(), (i) => videos[i]!.quality)
  const found = [...qualities].flatMap(([quality, own]): [string, DeLongArea][] => {
    const area = deLongArea(
      own.map((i) => probabilities[i]!),
      own.map((i) => isFake(videos[i]!)),
    )
    return area ? [[quality, area]] : []
  })
  return Object.fromEntries(found)
}

function isFake({ label }: { readonly label: 'real' | 'fake' }): number {
  return label === 'fake' ? 1 : 0
}
