import { z } from 'zod'
import { checkOptions } from '../../options.ts'
import type { Device } from '../../runtime/index.ts'
import { Random } from '../../tensor/random.ts'
import type { Generator, Generators } from './generators.ts'
import { type ShapeName, shapeNames, shapes } from './shapes.ts'
import { trainGenerator } from './train-generator.ts'
import type { TrainingFace } from './training-face.ts'

const count = z.int().min(1)

export const generatorSettings = z.strictObject({
  /** Which are trained. */
  shapes: z
    .array(z.enum(shapeNames as [ShapeName, ...ShapeName[]]))
    .min(1)
    .default(shapeNames),
  /** Of each. */
  steps: count.default(1500),
  /** Faces in a step. */
  batch: count.default(12),
  seed: z.int().min(0).default(0),
})

/** What generators depend on besides the faces. */
export type GeneratorSettings = z.input<typeof generatorSettings>

export interface TrainingProgress {
  readonly shape: ShapeName
  /** Steps done of all generators together, and how many there are to be. */
  readonly done: number
  readonly total: number
  /** Mean distance of what is made from what it should be, in levels of 255, over the last steps. */
  readonly distance: number
}

export interface TrainOptions {
  readonly onProgress?: (progress: TrainingProgress) => void
  /** Ends training early: what was learnt is kept. */
  readonly signal?: AbortSignal
}

/** An interrupted generator is worth keeping after this share of its steps. */
const worthKeeping = 0.25

/**
 * Trains generators on real faces, one after the other. The same faces, settings and device give the same bits.
 * @param data what the faces are, in words
 * @returns those that were trained: all of them unless the signal came
 * @throws UnmaskError `option-invalid`, `device-failed`, `train-diverged`
 */
export async function trainGenerators(
  faces: readonly TrainingFace[],
  data: string,
  settings: GeneratorSettings,
  device: Device,
  { onProgress, signal }: TrainOptions = {},
): Promise<Generators> {
  const { shapes: names, steps, batch, seed } = checkOptions(generatorSettings, settings, 'generators')
  const generators = new Map<string, Generator>()
  const total = names.length * steps
  for (const [number, shape] of names.entries()) {
    const generator = await trainGenerator(faces, shapes[shape], device, {
      ...{ steps, batch, random: new Random(seed).fork(shape) },
      onStep: (step, distance) => onProgress?.({ shape, done: number * steps + step, total, distance }),
      ...(signal && { signal }),
    })
    if (generator.steps >= worthKeeping * steps) generators.set(shape, generator)
    if (signal?.aborted) break
  }
  return { generators, data }
}
