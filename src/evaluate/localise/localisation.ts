import { z } from 'zod'

const share = z.number().min(0).max(1)

/** A mean over videos with its 95 % interval; null where there are too few videos for one. */
const estimate = z.strictObject({ value: share, low: share.nullable(), high: share.nullable() })

/** How well a map shows what was forged. */
const localised = z.strictObject({
  /** Share of frames whose peak lies on what was forged, or one cell beside it; and without the cell beside. */
  pointing: estimate,
  pointingExact: estimate,
  /** Intersection over union with what was forged, at the threshold. */
  overlap: estimate,
  /** Of the evidence over its largest value in the frame: the one best for all videos. */
  threshold: share,
  /** Of the attention head that points best. */
  head: z.int().positive().optional(),
})

const group = z.strictObject({
  videos: z.int(),
  /** Frames in whose crop something was forged. */
  frames: z.int(),
  /** By name: `cam`, `attention` (all heads together), `bestHead`. */
  maps: z.record(z.string(), localised),
  /** What guessing gives: pointing at any cell, and calling everything forged. */
  chance: z.strictObject({ pointing: share, pointingExact: share, overlap: share }),
})

/** Whether the evidence lies where videos were forged; of fakes with masks. */
export const localisationSchema = group.extend({
  subsets: z.record(z.string(), group),
  /** By part of the face: in which share of the frames it was forged, and the peak of the evidence lay in it. */
  places: z.record(z.string(), z.strictObject({ forged: share, peaks: share })),
  /** Fakes with masks of which nothing can be said. */
  failures: z.array(z.strictObject({ path: z.string(), subset: z.string(), reason: z.string(), message: z.string() })),
})

export type Localisation = z.output<typeof localisationSchema>
export type LocalisedGroup = z.output<typeof group>
export type LocalisedMap = z.output<typeof localised>
