import { z } from 'zod'

export const writerOptions = z.strictObject({
  /** Size of the pictures that will be written. */
  width: z.int().min(2).max(16_384),
  height: z.int().min(2).max(16_384),
  /**
   * Frames a second, on average. Every frame is shown at the time it is written with; the rate says how long the last
   * one stays, and guides the encoder.
   */
  frameRate: z.number().min(0.001).max(1000),
  /** How pictures become YUV, and what the file says of it; frames must have the same. */
  colour: z
    .strictObject({
      matrix: z.enum(['bt601', 'bt709', 'bt2020']),
      range: z.enum(['limited', 'full']),
      chroma: z.enum(['left', 'centre', 'top-left']),
    })
    .default({ matrix: 'bt709', range: 'limited', chroma: 'left' }),
  /** Constant rate factor, 0 (best) to 51 (H.264) or 63 (VP9); default 18 for H.264, 24 for VP9, which look alike. */
  crf: z.int().min(0).max(63).optional(),
  /** How much the encoder tries: `fast` for what is looked at once. */
  effort: z.enum(['fast', 'medium']).default('medium'),
  /** The player is told to turn the pictures clockwise by so much. Only mp4 can say it. */
  rotation: z.literal([0, 90, 180, 270]).default(0),
  /** Encoding threads; what is written depends on their number (and on nothing else of the machine). */
  threads: z.int().min(1).max(64).default(4),
})

export type WriterOptions = z.input<typeof writerOptions>
export type ResolvedWriterOptions = z.output<typeof writerOptions>
