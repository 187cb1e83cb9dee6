import { z } from 'zod'
import type { StoredModel } from '../network/model-file.ts'
import type { DeviceOptions } from '../runtime/index.ts'
import type { OnDetectEvent } from './events.ts'
import { facesChoice } from './faces.ts'

export interface DetectorOptions extends DeviceOptions {
  /** Default: the model in the package, see `defaultModel`. */
  readonly model?: StoredModel
}

export const detectOptions = z.strictObject({
  /**
   * Seconds from one clip to the next, at least 1. Default: up to eight clips spread over the video; in videos of more than
   * four minutes one each thirty seconds, 240 at most.
   */
  every: z.number().min(1).optional(),
  /** Which faces count: `all`, or only the widest one. */
  faces: facesChoice,
})

export type DetectOptions = z.input<typeof detectOptions> & {
  readonly signal?: AbortSignal
  readonly onProgress?: OnDetectEvent
}
