import { UnmaskError } from '../errors.ts'
import { tensor } from '../tensor/tensor.ts'
import type { StoredModel } from './model-file.ts'
import { checkWeights, type Weights } from './weights.ts'

/**
 * The mean of models' weights ("model soup", Wortsman et al. 2022). Networks that learnt from one start, e.g. a backbone of
 * ImageNet, lie in one basin: between them the loss is flat, and what single runs learnt by chance falls away.
 * @param models at least two, of the same tensors; configuration and name are those of the first
 * @returns weights and configuration, of which nothing was calibrated
 * @throws UnmaskError `weights-mismatch` for other tensors, `usage` for fewer than two models
 */
export function averageModels(models: readonly StoredModel[]) {
  const [first, ...others] = models
  if (!first || others.length === 0) throw new UnmaskError('usage', 'an average needs at least two models')
  for (const { weights, hash } of others) checkWeights(weights, first.config, `model ${hash.slice(0, 12)}`)
  const { name, sees } = first.metadata
  const averageOf = models.map(({ hash }) => hash).join(' ')
  const metadata = { ...(name && { name }), ...(sees && { sees }), averageOf }
  return { config: first.config, weights: meanOf(models.map(({ weights }) => weights)), metadata }
}

function meanOf(all: readonly Weights[]): Weights {
  const entries = Object.entries(all[0]!).map(([name, { shape }]) => {
    const parts = all.map((weights) => weights[name]!.data as Float32Array)
    const mean = Float32Array.from(parts[0]!, (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length)
    return [name, tensor('float32', shape, mean)] as const
  })
  return Object.fromEntries(entries)
}
