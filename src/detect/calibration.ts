import { z } from 'zod'
import { metadataOf } from './metadata.ts'

/** Name of the metadata of a model file in which its calibration is kept. */
export const calibrationKey = 'calibration'

const schema = z.strictObject({
  /** The margin (logit of fake less that of real) is multiplied by it, */
  scale: z.number().positive(),
  /** and this is added before it becomes a probability. */
  offset: z.number(),
})

/** How margins become probabilities that hold (Platt 1999): p = 1 / (1 + exp(-(scale margin + offset))). */
export type Calibration = z.output<typeof schema>

/** Plain softmax. */
export const uncalibrated: Calibration = { scale: 1, offset: 0 }

/** The calibration in a model's metadata, else plain softmax. @throws UnmaskError `model-format` */
export function calibrationOf(metadata: Readonly<Record<string, string>>): Calibration {
  return metadataOf(metadata, calibrationKey, schema) ?? uncalibrated
}

/** Whether a model has a calibration of its own; the scores of one that has none are no probabilities. */
export function isCalibrated(metadata: Readonly<Record<string, string>>): boolean {
  return metadata[calibrationKey] !== undefined
}

/** Probability of fake. @param logits of real and of fake */
export function probabilityOf([real, fake]: readonly [real: number, fake: number], calibration: Calibration): number {
  return 1 / (1 + Math.exp(-(calibration.scale * (fake - real) + calibration.offset)))
}
