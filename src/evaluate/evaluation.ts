import { z } from 'zod'
import { localisationSchema } from './localise/localisation.ts'
import { type MetricName, metricNames } from './metrics/table.ts'

const probability = z.number().min(0).max(1)
const amount = z.int().min(0)
const classes = z.strictObject({ real: amount, fake: amount })
const label = z.enum(['real', 'fake'])

/** Of a metric: null where it, or its 95 % interval, is undefined. */
const estimate = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})

/** All metrics, where each sample is a clip, a face or a video. */
const level = z.strictObject({
  count: classes,
  ...(Object.fromEntries(metricNames.map((name) => [name, estimate])) as Record<MetricName, typeof estimate>),
})

const levels = {
  clip: level,
  face: level,
  video: level,
  /** Videos of which nothing could be said; they are in no metric. */
  failed: classes,
}

/** `itself`: both classes are its own. `all-reals`: its fakes against every real there is. `nothing`: one class only. */
const against = z.enum(['itself', 'all-reals', 'nothing'])

const clip = z.strictObject({ fromSeconds: z.number(), toSeconds: z.number(), probability })

const face = z.strictObject({ track: z.int(), width: z.number(), clips: z.array(clip), probability })

/** `ScoredVideo`. */
export const scoredVideo = z.strictObject({
  path: z.string(),
  label,
  subset: z.string(),
  faces: z.array(face),
  probability,
})

/** `FailedVideo`. */
export const failedVideo = z.strictObject({
  path: z.string(),
  label,
  subset: z.string(),
  reason: z.string(),
  message: z.string(),
})

/** The JSON of an evaluation. Same videos, scores and seed: the same bytes. */
export const evaluationSchema = z.strictObject({
  format: z.literal('unmask-evaluation'),
  version: z.literal(1),
  /** What the scores rest on: model, treatment, plan, device. */
  protocol: z.record(z.string(), z.json()),
  /** The lowest probability that the model calls fake. */
  threshold: probability,
  bootstrap: z.strictObject({ seed: z.union([z.number(), z.string()]), replicates: amount }),
  ...levels,
  subsets: z.record(z.string(), z.strictObject({ against, ...levels })),
  /** By kind and level: the same videos, perturbed. */
  perturbations: z
    .record(z.string(), z.record(z.string(), z.strictObject({ video: level, failed: classes })))
    .optional(),
  localisation: localisationSchema.optional(),
  failures: z.array(failedVideo),
  videos: z.array(scoredVideo),
})

export type Evaluation = z.output<typeof evaluationSchema>

/** What samples are. */
export type Level = 'clip' | 'face' | 'video'

export const levelNames = ['clip', 'face', 'video'] as const satisfies readonly Level[]

/** The metrics of one level. */
export type LevelMetrics = z.output<typeof level>

/** What a subset is measured against. */
export type Against = z.output<typeof against>
