import { z } from 'zod'
import type { Region } from '../video/image.ts'

/** Whether to look for small faces in tiles. */
export const smallFaces = z.enum(['auto', 'always', 'never'])
export type SmallFaces = z.output<typeof smallFaces>

export const detectOptions = z.strictObject({
  /**
   * Whether to look in tiles too, for faces under 4 % of the picture's long side: `auto` when the whole picture shows none.
   * Costs one run of the network a tile, 8 at 1920 x 1080.
   */
  small: smallFaces.default('auto'),
  /** Score from which on it is a face, 0 to 1. */
  least: z.number().gt(0).lt(1).default(0.65),
  /** Boxes where faces are expected, e.g. from the frame before: where the whole picture shows none, it is looked there closely. */
  expected: z.array(z.custom<Region>()).readonly().default([]),
})

/** How to look at one frame. */
export type DetectOptions = z.input<typeof detectOptions>
