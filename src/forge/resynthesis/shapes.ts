import { z } from 'zod'

const channels = z.int().min(1).max(512)

/** Numbers of one autoencoder. */
export const generatorShape = z
  .strictObject({
    /** What it makes, see `Part`. */
    part: z.enum(['inner', 'lower']),
    /** Pixels a side of what it takes and gives. */
    size: z.int().min(8).max(256),
    /** Channels after each halving of the resolution. */
    encoder: z.array(channels).min(1).readonly(),
    /** Channels at the lowest resolution through which everything must pass, besides the picture shrunk to it. */
    code: channels,
    /** Channels at the lowest resolution, then after each doubling. */
    decoder: z.array(channels).min(2).readonly(),
    /**
     * How the resolution is doubled: `nearest`, a convolution of 3 x 3 after repeating elements; `bilinear`, after
     * interpolating them; `shuffle`, one whose channels become pixels (faceswap, DeepFaceLab); `transposed-4`, transposed of
     * 4 x 4; `transposed-3`, of 3 x 3: uneven, which leaves a checkerboard (Wav2Lip).
     */
    upsampling: z.enum(['nearest', 'bilinear', 'shuffle', 'transposed-4', 'transposed-3']),
    /** Weight in training of what a judge of patches says, which sharpens; 0 for none, as in the first programs. */
    adversary: z.number().min(0).max(1),
  })
  .refine(({ encoder, decoder }) => decoder.length === encoder.length + 1, 'as many doublings as halvings are needed')
  .refine(({ size, encoder }) => size % 2 ** encoder.length === 0, 'the size must halve that often')

export type GeneratorShape = z.output<typeof generatorShape>
export type Upsampling = GeneratorShape['upsampling']

/** The generators that are trained, by name. */
export const shapes = {
  'swap-64-shuffle': {
    part: 'inner',
    size: 64,
    encoder: [24, 48, 64],
    code: 13,
    decoder: [56, 44, 28, 16],
    upsampling: 'shuffle',
    adversary: 0,
  },
  'swap-96-nearest': {
    part: 'inner',
    size: 96,
    encoder: [20, 40, 64],
    code: 13,
    decoder: [80, 64, 40, 20],
    upsampling: 'nearest',
    adversary: 0.01,
  },
  'swap-128-transposed': {
    part: 'inner',
    size: 128,
    encoder: [16, 32, 56, 72],
    code: 45,
    decoder: [72, 56, 48, 28, 16],
    upsampling: 'transposed-4',
    adversary: 0.015,
  },
  'swap-128-shuffle': {
    part: 'inner',
    size: 128,
    encoder: [16, 32, 56],
    code: 9,
    decoder: [64, 48, 28, 12],
    upsampling: 'shuffle',
    adversary: 0.01,
  },
  'lip-96-transposed': {
    part: 'lower',
    size: 96,
    encoder: [20, 40, 64],
    code: 13,
    decoder: [80, 64, 40, 20],
    upsampling: 'transposed-3',
    adversary: 0.01,
  },
  'lip-96-bilinear': {
    part: 'lower',
    size: 96,
    encoder: [20, 40],
    code: 1,
    decoder: [48, 40, 16],
    upsampling: 'bilinear',
    adversary: 0,
  },
} as const satisfies Readonly<Record<string, GeneratorShape>>

export type ShapeName = keyof typeof shapes

export const shapeNames = Object.keys(shapes) as ShapeName[]
