import { op, type Value } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import {
  areaLoss,
  crossEntropy,
  decay,
  mapConsistency,
  mapDiversity,
  vectorConsistency,
  vectorDiversity,
} from './losses.ts'
import { areaOf, firstArea, forgedArea, frameClasses, frameLogits, type Network } from './network.ts'
import type { Scope } from './scope.ts'

/** Inputs that only training has. */
export interface Targets {
  /** 1 for fake, 0 for real, or between, [B]. */
  readonly labels: Value
  /** Weight of each clip in the classification loss, [B]. */
  readonly weights: Value
  /** Forged share of each cell of the feature maps, -1 where it is not known, [B, T L, H', W']; needed when the config weighs the mask loss. */
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
  readonly frame?: Value
}

/** Total loss: equation 11 of Yang et al. 2023 and the optional losses on the forged area and on single frames. */
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
  const mask = targets.area && onArea(forgedArea(scope, built.features, config), targets.area)
  const frame = weights.frame > 0 ? frameClassification(scope, built, targets, config) : undefined
  const terms = [
    classification,
    op.mul(consistency, weights.consistency),
    op.mul(diversity, weights.diversity),
    ...(relationDecay ? [op.mul(relationDecay, weights.relationDecay)] : []),
    ...(mask ? [op.mul(mask, weights.mask)] : []),
    ...(frame ? [op.mul(frame, weights.frame)] : []),
  ]
  return {
    total: terms.reduce(op.add),
    classification,
    consistency,
    diversity,
    ...(relationDecay && { relationDecay }),
    ...(mask && { mask }),
    ...(frame && { frame }),
  }
}

/**
 * Loss of single frames: where they were forged, and how they are classified where the config weighs that.
 * @param features [B, C, 1, H', W']
 * @param targets of frames; `area` [B, 1, H', W']
 */
export function frameObjective(
  scope: Scope,
  features: Value,
  targets: Targets & { readonly area: Value },
  { loss }: NetworkConfig,
) {
  const logits = frameLogits(scope, [features])
  const mask = onArea(areaOf(scope, features), targets.area)
  const weighed = op.mul(mask, loss.mask)
  if (loss.frame === 0) return { total: weighed, logits, mask }
  const frame = crossEntropy(frameClasses(scope, [features]), targets.labels, loss.labelSmoothing, targets.weights)
  return { total: op.add(weighed, op.mul(frame, loss.frame)), logits, mask, frame }
}

/** @param maps of frames, [..., H', W'] both, the frames in one order */
function onArea(maps: Value, target: Value): Value {
  const cells = maps.shape.at(-2)! * maps.shape.at(-1)!
  const frames = op.count(maps) / cells
  return areaLoss(op.reshape(maps, [frames, cells]), op.reshape(target, [frames, cells]), firstArea)
}

/** Each frame has the label and weight of its clip. */
function frameClassification(scope: Scope, built: Network, { labels, weights }: Targets, config: NetworkConfig): Value {
  const { snippets, frames } = config.input
  const batch = labels.shape[0]!
  const logits = frameClasses(scope, built.features)
  const ofFrames = (value: Value) => {
    // features are [T B, ...]: snippets outermost, then clips, then the frames of a snippet
    const spread = op.expand(op.reshape(value, [1, batch, 1]), [snippets, batch, frames])
    return op.reshape(spread, [snippets * batch * frames])
  }
  return crossEntropy(logits, ofFrames(labels), config.loss.labelSmoothing, ofFrames(weights))
}
