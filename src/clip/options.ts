import { z } from 'zod'

export const planOptions = z.strictObject({
  /** Clips at most, spread over the time that is looked at; neighbours overlap by half at most. */
  clips: z.int().positive().default(4),
  /** Seconds that the snippets of a clip spread over, where there is so much. */
  span: z.number().positive().default(4),
  /** Frames a second within a snippet at most, so that a video of 60 shows as much movement as one of 30. */
  rate: z.number().positive().default(30),
})

export type PlanOptions = z.input<typeof planOptions>
