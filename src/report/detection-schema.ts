import { z } from 'zod'
import { facesChoice } from '../detect/faces.ts'
import { reasonCodes } from '../detect/reasons.ts'
import { type EvidenceRegion, evidenceRegions, verdicts } from '../detect/result.ts'

const share = z.number().min(0).max(1)
const probability = share.describe('That it is fake, 0 to 1, calibrated')
const seconds = z.number().describe('Seconds from the first frame of the video')
const amount = z.int().min(0)
const image = z.string().startsWith('data:image/png;base64,').describe('A PNG as a data URL')

const region = z
  .strictObject({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() })
  .describe('A rectangle in display pixels of the video; may reach beyond the picture')

const heat = z
  .strictObject({ width: z.int().positive(), height: z.int().positive(), values: z.array(z.number().min(0)) })
  .refine(({ width, height, values }) => values.length === width * height, 'needs width x height values')
  .describe('Evidence for fake over what a crop shows, in logits, row after row')

const reason = z.strictObject({
  code: z.enum(reasonCodes),
  message: z.string().describe('In words for people'),
  track: z.int().min(1).nullable().describe('Which face it is about; null: the video'),
})

const still = { seconds, region: region.describe('What the image shows, in display pixels of the video'), image }

const snippet = z.strictObject({
  startSeconds: seconds,
  endSeconds: seconds,
  probability: share.nullable().describe('Of its frames, each looked at on its own; null where the model cannot'),
  evidence: share.describe("Share of the clip's evidence for fake that is in it"),
  region,
  heat,
})

const clip = z.strictObject({ startSeconds: seconds, endSeconds: seconds, probability, snippets: z.array(snippet) })

const vertex = z.strictObject({
  x: z.number().describe('Centre of its attention, share of the width of a crop'),
  y: z.number().describe('The same, share of the height'),
  spread: z.number().min(0).describe('Standard deviation of its attention, share of the width'),
  region: z.enum(evidenceRegions).describe('Part of the face that its centre lies in'),
  evidence: share.describe('Share of the evidence for fake under its attention'),
})

const relations = z.strictObject({
  vertices: z.array(vertex).describe('Regions that attention found'),
  adjacency: z
    .array(z.array(z.number()))
    .describe('[i][j]: how much vertex i takes from vertex j; learnt, not of this video alone'),
})

const shares = z.strictObject(
  Object.fromEntries(evidenceRegions.map((name) => [name, share])) as Record<EvidenceRegion, typeof share>,
)

const quality = z.strictObject({
  size: z.number().describe('Median width of the face in display pixels'),
  sharpness: share.describe('0: blurred away'),
  yaw: z.number().describe('Degrees the head is turned, median'),
  roll: z.number().describe('Degrees the head is tilted, median'),
  score: share.describe('How sure the face detector is, mean'),
  found: amount.describe('Frames in which the face was found'),
  looked: amount.describe('Frames looked at between its first and last'),
})

const face = z.strictObject({
  track: z.int().min(1).describe('Number of the face, in the order of appearance'),
  startSeconds: seconds,
  endSeconds: seconds,
  verdict: z.enum(verdicts).exclude(['no-face']),
  probability,
  recompressed: share.describe('The probability of a recompressed copy of what the model saw'),
  isMain: z.boolean().describe("Whether the video's verdict counts it"),
  reasons: z.array(reason),
  clips: z.array(clip).describe('What the model saw, in the order of time'),
  thumbnail: z.strictObject(still),
  regions: shares.nullable().describe('Shares of the evidence by part of the face; null without evidence'),
  relations: relations.nullable(),
  moments: z.array(z.strictObject({ ...still, probability, heat })).describe('Frames with the most evidence for fake'),
  quality,
})

const model = z.strictObject({
  hash: z.string().describe('SHA-256 of the file'),
  name: z.string(),
  calibrated: z.boolean().describe('Whether it is calibrated; where not, probabilities are scores and no more'),
  fakeFrom: share.describe('Probability from which on a face is called fake'),
  realUpTo: share.describe('Probability up to which a face is called real'),
})

const video = z.strictObject({
  durationSeconds: z.number().nullable().describe('As the file says; null where it says nothing'),
  width: z.int().positive().describe('As shown, in pixels'),
  height: z.int().positive(),
  warnings: z.array(
    z.strictObject({
      code: z.enum(['frames-missing', 'data-damaged', 'data-truncated', 'time-disorder', 'limit-reached']),
      message: z.string(),
    }),
  ),
})

const facesJudged = z.strictObject({
  wanted: facesChoice.unwrap().describe('Which faces were to count: all, or only the widest one'),
  leftOut: amount.describe('Others in view for long enough, but narrower and therefore not judged'),
})

const deviceKind = z.enum(['cpu', 'webgpu', 'cuda', 'wasm'])

const device = z.strictObject({
  kind: deviceKind,
  threads: z.int().min(1),
  why: z.string(),
  rejected: z.array(z.strictObject({ kind: deviceKind, reason: z.string() })),
  engine: z.string(),
})

const basis = z
  .strictObject({
    version: z.string().describe('Version of Unmask'),
    model,
    video,
    faces: facesJudged,
    framesExpected: amount.describe('Frames that the clips of the faces need'),
    framesRepeated: amount.describe('Those of them that had to stand in for others'),
    framesDecoded: amount,
    device,
    seconds: z.number().min(0).describe('Time that it took'),
  })
  .describe('What the answer rests on')

/** The plain form of a `Detection`: what `unmask detect --json` prints for a video. */
export const detectionSchema = z.strictObject({
  format: z.literal('unmask-detection'),
  version: z.literal(1),
  verdict: z.enum(verdicts),
  probability: probability.nullable().describe('That a face was forged, 0 to 1, calibrated; null without a face'),
  reasons: z.array(reason).min(1).describe('The most important first'),
  faces: z.array(face).describe('In the order of appearance'),
  basis,
})

export type DetectionJson = ReadOnly<z.output<typeof detectionSchema>>

/** With all that is in it. */
type ReadOnly<T> = T extends object ? { readonly [Key in keyof T]: ReadOnly<T[Key]> } : T
