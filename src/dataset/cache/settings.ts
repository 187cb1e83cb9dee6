import { z } from 'zod'
import { treatment } from '../treatment.ts'

export const cropSettings = z.strictObject({
  /** Snippets in a clip, and consecutive frames in a snippet. A picture gives one frame whatever this says. */
  layout: z.strictObject({ snippets: z.int().positive(), frames: z.int().positive() }),
  /** As in `planClips`: clips of a video at most, seconds of a clip, frames a second within a snippet at most. */
  clips: z.int().positive(),
  span: z.number().positive(),
  rate: z.number().positive(),
  /** Width and height of the crops in pixels. */
  size: z.int().min(16).max(1024),
  /** Width of what the crops show over what a network is shown: 1.25 leaves room around it. */
  margin: z.number().min(1).max(1.6),
  /** Whether landmarks are kept with the crops. */
  landmarks: z.boolean(),
  /** Of each clip the largest face, or all of them. */
  faces: z.enum(['largest', 'all']).default('largest'),
  /** What is done to a video before. */
  treatment: treatment.optional(),
})

/** What is cut out of each entry, and how. */
export type CropSettings = z.input<typeof cropSettings>
export type ResolvedCropSettings = z.output<typeof cropSettings>
