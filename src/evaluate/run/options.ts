import { z } from 'zod'
import { planOptions } from '../../clip/options.ts'
import { treatment } from '../../dataset/treatment.ts'
import { facesChoice } from '../../detect/faces.ts'

/** How videos are scored: all that their scores depend on besides the model and the device. */
export const scoringOptions = planOptions.extend({
  faces: facesChoice,
  /** What is done to every video before it is looked at. */
  treatment: treatment.optional(),
  /** Where blocks and noise of perturbations come from. */
  seed: z.union([z.number(), z.string()]).default(0),
})

export type ScoringOptions = z.input<typeof scoringOptions>
export type Scoring = z.output<typeof scoringOptions>
