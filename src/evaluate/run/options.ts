import { z } from 'zod'
import { planOptions } from '../../clip/options.ts'
import { facesChoice } from '../../detect/faces.ts'

/** How videos are scored: all that their scores depend on besides the model and the device. */
export const scoringOptions = planOptions.extend({
  faces: facesChoice,
  /** Every video is encoded anew before it is looked at, as H.264 with this constant rate factor. */
  recode: z.int().min(0).max(51).optional(),
  /** Where blocks and noise of perturbations come from. */
  seed: z.union([z.number(), z.string()]).default(0),
})

export type ScoringOptions = z.input<typeof scoringOptions>
export type Scoring = z.output<typeof scoringOptions>
