import { z } from 'zod'
import { UnmaskError } from '../errors.ts'
import { checkOptions } from '../options.ts'

const count = z.int().min(1)
const weight = z.number().min(0)
const triple = z.tuple([z.number(), z.number(), z.number()])

const mc3 = z.strictObject({
  kind: z.literal('mc3'),
  /** Channels of stem and first stage, second, third and last stage. */
  widths: z.tuple([count, count, count, count]).default([64, 128, 256, 512]),
  /** How the first stage convolves along time: with half the products and a little more rounding, or directly. */
  temporal: z.enum(['winograd', 'direct']).default('winograd'),
})

const mobilenet = z.strictObject({
  kind: z.literal('mobilenet-v2'),
  /** Inverted residual blocks to keep: 13 end at stride 16, 17 at stride 32. */
  blocks: z.int().min(1).max(17).default(13),
})

const temporalConvolution = z.strictObject({
  kernel: count,
  stride: count,
  padding: z.int().min(0),
})

const schema = z.strictObject({
  input: z.strictObject({
    /** Snippets in a clip, T in the paper. */
    snippets: count.default(5),
    /** Consecutive frames in a snippet. */
    frames: count.default(20),
    /** Height and width of a face crop in pixels. */
    size: z.int().min(16).default(112),
    /** RGB mean and standard deviation of pixels in [0, 1] with which input is normalised. */
    mean: triple.default([0.43216, 0.394666, 0.37645]),
    deviation: triple.default([0.22803, 0.22145, 0.216989]),
    /**
     * Whether each frame is brought to one mean and deviation besides: `frame`, of all its colours together, takes away how
     * bright it is and how much contrast it has; `channel`, of each on its own, also takes away the colour of its light.
     */
    standardise: z.enum(['none', 'frame', 'channel']).default('none'),
  }),
  backbone: z.discriminatedUnion('kind', [mc3, mobilenet]),
  attention: z.strictObject({
    /** Attention heads: facial regions, the vertices of the graph. */
    regions: z.int().min(2).default(12),
    /** Channels between the two convolutions; null: as many as the backbone's features. */
    width: count.nullable().default(null),
    /** The two convolutions over time. */
    extract: temporalConvolution.default({ kernel: 7, stride: 3, padding: 1 }),
    project: temporalConvolution.default({ kernel: 3, stride: 2, padding: 0 }),
  }),
  relation: z.strictObject({
    /**
     * tgcn: graph convolution in a GRU (the paper); gru: the same without relations; gcn: graph convolution without
     * memory, mean over time; none: mean of the vectors over time.
     */
    kind: z.enum(['tgcn', 'gru', 'gcn', 'none']).default('tgcn'),
    /** Width of the hidden state of a region, D. */
    width: count.default(128),
    /** First values of the adjacency: uniform in [0, 1), or 0 and 1 as in the authors' code. */
    adjacency: z.enum(['uniform', 'binary']).default('uniform'),
    /** Which relations are hidden while training. */
    masking: z.enum(['minimum', 'random', 'none']).default('minimum'),
    /** Share of the range (minimum) or probability (random) that is hidden. */
    maskRate: z.number().min(0).max(1).default(0.5),
  }),
  head: z.strictObject({
    /**
     * Whether what the clip's single frames show (the mean of their logits) is added to what relations show, which then begin
     * with adding nothing and learn what frames do not show.
     */
    frames: z.boolean().default(false),
  }),
  loss: z.strictObject({
    /** On region vectors (the paper) or on attention maps (the authors' code). */
    form: z.enum(['vectors', 'maps']).default('vectors'),
    diversity: weight.default(0.75),
    consistency: weight.default(0.75),
    /** On half the sum of squares of the relation module's parameters. */
    relationDecay: weight.default(1.5e-3),
    /** On the forged area, by which single frames are judged; 0 leaves it out. Training on frames alone needs it. */
    mask: weight.default(0),
    /** On the auxiliary classification of single frames, which judges nothing but helps features to learn; 0 leaves it out. */
    frame: weight.default(0),
    labelSmoothing: z.number().min(0).max(0.5).default(0),
  }),
  batchNorm: z.strictObject({
    /** Batch statistics of each snippet on its own (the authors' code) or of all snippets together (faster). */
    statistics: z.enum(['snippet', 'clip']).default('clip'),
    momentum: z.number().gt(0).max(1).default(0.1),
    epsilon: z.number().gt(0).default(1e-5),
  }),
})

/** Every number of a network. */
export type NetworkConfig = z.infer<typeof schema>
/** A configuration in which what has a default may be left out. */
export type NetworkConfigInput = z.input<typeof schema>

/** Gives each section that was left out, so that its defaults apply. */
function withSections(value: unknown): unknown {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!plain) return value
  return { input: {}, attention: {}, relation: {}, head: {}, loss: {}, batchNorm: {}, ...value }
}

/**
 * Checks a configuration and fills in defaults.
 * @throws UnmaskError `config-invalid` naming every fault by its path; for an unknown key also the nearest known one
 */
export function networkConfig(value: unknown): NetworkConfig {
  const config = checkOptions(schema, withSections(value), 'network configuration', 'config-invalid')
  checkGeometry(config)
  return config
}

/** Sizes along time after a convolution. */
export function framesAfter(frames: number, { kernel, stride, padding }: z.infer<typeof temporalConvolution>): number {
  return Math.floor((frames + 2 * padding - kernel) / stride) + 1
}

function checkGeometry({ input, attention }: NetworkConfig): void {
  const extracted = framesAfter(input.frames, attention.extract)
  if (extracted >= 1 && framesAfter(extracted, attention.project) >= 1) return
  throw new UnmaskError(
    'config-invalid',
    `network configuration: ${input.frames} frames a snippet are too few for attention kernels of ` +
      `${attention.extract.kernel} and ${attention.project.kernel} frames`,
  )
}
