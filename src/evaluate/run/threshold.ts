import { UnmaskError } from '../../errors.ts'

/** The lowest probability that a model calls fake: `threshold` of its metadata, else one half. @throws UnmaskError `model-format` */
export function thresholdOf({ threshold }: Readonly<Record<string, string>>): number {
  if (threshold === undefined) return 0.5
  const value = Number(threshold)
  if (threshold.trim() !== '' && value >= 0 && value <= 1) return value
  throw new UnmaskError('model-format', `the model's threshold is none: ${threshold}`)
}
