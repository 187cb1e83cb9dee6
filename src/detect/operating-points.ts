import { z } from 'zod'
import { metadataOf } from './metadata.ts'

/** Name of the metadata of a model file in which its operating points are kept. */
export const operatingPointsKey = 'operatingPoints'

const probability = z.number().min(0).max(1)

const schema = z
  .strictObject({
    /** The lowest probability that is called fake, */
    fakeFrom: probability,
    /** and the highest that is called real, unless it is called fake; between them the score alone decides nothing. */
    realUpTo: probability,
  })
  .refine(({ fakeFrom, realUpTo }) => realUpTo <= fakeFrom)

/** Where a model's probabilities become verdicts. */
export type OperatingPoints = z.output<typeof schema>

/** One half is both: nothing lies between, so no score alone is uncertain. */
const even: OperatingPoints = { fakeFrom: 0.5, realUpTo: 0.5 }

/** The operating points in a model's metadata, else one half for both. @throws UnmaskError `model-format` */
export function operatingPointsOf(metadata: Readonly<Record<string, string>>): OperatingPoints {
  return metadataOf(metadata, operatingPointsKey, schema) ?? even
}

/** The verdict of a probability alone. */
export function calledAt(probability: number, { fakeFrom, realUpTo }: OperatingPoints): 'fake' | 'real' | 'uncertain' {
  if (probability >= fakeFrom) return 'fake'
  return probability <= realUpTo ? 'real' : 'uncertain'
}
