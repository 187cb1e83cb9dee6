import { z } from 'zod'
import { metadataOf } from '../detect/metadata.ts'

/** Name of the metadata of a model file that say what its calibration and its operating points rest on. */
export const calibrationBasisKey = 'calibrationBasis'

const share = z.number().min(0).max(1)
const amount = z.int().min(0)

/** `Calls`. */
const calls = z.strictObject({
  fake: amount,
  uncertain: amount,
  real: amount,
  videos: amount,
  wrong: z.strictObject({ share, low: share, high: share }),
})

const schema = z.strictObject({
  /** Names of the data sets. */
  data: z.array(z.string()),
  qualities: z.array(z.string()),
  forging: z.strictObject({
    /** SHA-256 of the recipe as JSON, with its defaults. */
    recipeHash: z.string(),
    /** Whether there were generators. */
    resynthesis: z.boolean(),
    seed: z.number(),
  }),
  /** Of the videos that the points were chosen on. */
  allowed: z.strictObject({ falseAlarms: share, missedFakes: share }),
  people: amount,
  /** What each person's videos were called by a fit on the others. */
  heldOut: z.strictObject({ real: calls, fake: calls }),
})

/** What a model's calibration and operating points rest on. */
export type CalibrationBasis = z.output<typeof schema>

/** Undefined where a model says nothing of it. @throws UnmaskError `model-format` */
export function calibrationBasisOf(metadata: Readonly<Record<string, string>>): CalibrationBasis | undefined {
  return metadataOf(metadata, calibrationBasisKey, schema)
}
