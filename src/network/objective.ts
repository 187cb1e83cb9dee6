import { op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import {
  crossEntropy,
  decay,
  mapConsistency,
  mapDiversity,
  maskLoss,
  vectorConsistency,
  vectorDiversity,
} from './losses.ts'
import { forgedArea, type Network } from './network.ts'
import type { Scope } from './scope.ts'

/** Inputs that only training has. */
export interface Targets {
  /** 1 for fake, 0 for real, or between, [B]. */
  readonly labels: Value
  /** Weight of each clip in the classification loss, [B]. */
  readonly weights: Value
  /** Forged share of each cell of the feature maps, [B, T L, H', W']; needed when the config weighs the mask loss. */
  readonly area?: Value
}

/** The parts of the loss, each before its weight, and their weighted total. Scalars. */
export interface Losses {
  readonly total: Value
  readonly classification: Value
  readonly consistency: Value
  readonly diversity: Value
  readonly relationDecay?: Value
  readonly mask?: Value
}

/** Total loss: equation 11 of Yang et al. 2023 and the optional mask loss. */
export function objective(scope: Scope, built: Network, targets: Targets, config: NetworkConfig): Losses {
  const weights = config.loss
  const maps = built.regions.map((region) => region.maps)
  const vectors = built.regions.map((region) => region.vectors)
  const onMaps = weights.form === 'maps'
  const classification = crossEntropy(built.logits, targets.labels, weights.labelSmoothing, targets.weights)
  const consistency = onMaps ? mapConsistency(maps) : vectorConsistency(vectors)
  const diversity = onMaps ? mapDiversity(maps) : vectorDiversity(vectors)
  const relation = [...scope.values].flatMap(([name, value]) => (name.startsWith('cell.') ? [value] : []))
  const relationDecay = relation.length > 0 ? decay(relation) : undefined
  const mask = targets.area && maskLoss(forgedArea(scope, built.features, config), targets.area)
  const terms = [
    classification,
    op.mul(consistency, weights.consistency),
    op.mul(diversity, weights.diversity),
    ...(relationDecay ? [op.mul(relationDecay, weights.relationDecay)] : []),
    ...(mask ? [op.mul(mask, weights.mask)] : []),
  ]
  return {
    total: terms.reduce(op.add),
    classification,
    consistency,
    diversity,
    ...(relationDecay && { relationDecay }),
    ...(mask && { mask }),
  }
}
