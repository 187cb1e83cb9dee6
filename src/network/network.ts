import { op, type Value } from '../graph/index.ts'
import { attend, type Regions } from './attention.ts'
import type { NetworkConfig } from './config.ts'
import { batchNorm, defaultUniform, framesApart, framesTogether } from './layers.ts'
import { mc3 } from './mc3.ts'
import { mobilenet } from './mobilenet.ts'
import { adjacency, convolutionLayer, laplacian, recurrentLayer, relationMask, type States } from './relation.ts'
import type { Scope } from './scope.ts'

/** Everything the network computes of a batch of B clips of T snippets of L frames. */
export interface Network {
  /** [B, 2]: real, fake. */
  readonly logits: Value
  /**
   * Feature maps in one or several pieces that together are [T B, C, L, H', W']; snippet t of clip b is at t B + b.
   */
  readonly features: readonly Value[]
  /** Attention maps [B, N, H, W] and region vectors [B, N, C] of each snippet. */
  readonly regions: readonly Regions[]
  /** Relations between regions after masking and normalisation, [N, N]; undefined where the config has none. */
  readonly laplacian: Value | undefined
  /** 1 for each relation that was kept in training. */
  readonly mask: Value | undefined
  /** Hidden states of each layer of the relation module. */
  readonly states: readonly States[]
}

/** Shape of the input for a batch: [B, 3, T L, H, W], RGB normalised as the config says. */
export function clipShape(config: NetworkConfig, batch: number): number[] {
  const { snippets, frames, size } = config.input
  return [batch, 3, snippets * frames, size, size]
}

/** Shape of a batch of single frames, [B, 3, 1, H, W], normalised in the same way. */
export function framesShape({ input }: NetworkConfig, batch: number): number[] {
  return [batch, 3, 1, input.size, input.size]
}

/**
 * The network of docs/network.md.
 * @param clip [B, 3, T L, H, W]
 * @param random uniform numbers [N, N] for random masking while training
 */
export function network(scope: Scope, clip: Value, config: NetworkConfig, random?: Value): Network {
  const { features, regions } = snippetParts(scope, clip, config)
  const vectors = regions.map((region) => region.vectors)
  const related = relate(scope, vectors, config, random)
  const shown = head(scope, related.last, config)
  if (!config.head.frames) return { logits: shown, features, regions, ...related }
  const ofFrames = framesInClips(frameLogits(scope, features), config)
  const logits = op.add(shown, op.reshape(op.mean(ofFrames, [1]), shown.shape))
  return { logits, features, regions, ...related }
}

/**
 * Backbone and attention: all snippets as one batch where it learns by the statistics of all of them, else snippet after
 * snippet, which needs less than a third of the memory for five of them (26 MiB instead of 84 for the shipped model) and
 * no more time.
 */
function snippetParts(scope: Scope, clip: Value, config: NetworkConfig) {
  const { snippets, frames } = config.input
  const [batch, channels, , height, width] = clip.shape as [number, number, number, number, number]
  if (!scope.training || config.batchNorm.statistics === 'snippet') {
    const features = range(snippets).map((t) => {
      return backbone(scope, op.sliceAxis(clip, 2, t * frames, (t + 1) * frames), config)
    })
    return { features, regions: features.map((snippet) => attend(scope, snippet, config)) }
  }
  const apart = op.reshape(clip, [batch, channels, snippets, frames, height, width])
  const inTurn = op.transpose(apart, [2, 0, 1, 3, 4, 5])
  const features = backbone(scope, op.reshape(inTurn, [snippets * batch, channels, frames, height, width]), config)
  const { maps, vectors } = attend(scope, features, config)
  const snippet = (value: Value, t: number) => op.sliceAxis(value, 0, t * batch, (t + 1) * batch)
  const regions = range(snippets).map((t) => ({ maps: snippet(maps, t), vectors: snippet(vectors, t) }))
  return { features: [features], regions }
}

/** Snippets [B, 3, L, H, W] -> features [B, C, L, H', W']. */
export function backbone(scope: Scope, snippet: Value, config: NetworkConfig): Value {
  const shown = standardised(snippet, config)
  if (config.backbone.kind === 'mc3') return mc3(scope, shown, config, config.backbone)
  return framesTogether(mobilenet(scope, framesApart(shown), config.backbone.blocks), snippet.shape[2]!)
}

/** Mean and deviation of a standardised frame: about those of face crops in [-1, 1], which pretrained filters are used to. */
const standard = { mean: -0.2, deviation: 0.5 }
/** Added to a frame's variance: what hardly differs, as a black frame, stays so. */
const leastVariance = 0.05 ** 2

/** Each frame of snippets [B, 3, L, H, W] with the same mean and deviation, where the config says so. */
function standardised(snippet: Value, { input: { standardise } }: NetworkConfig): Value {
  if (standardise === 'none') return snippet
  const axes = standardise === 'frame' ? [1, 3, 4] : [3, 4]
  const apart = op.sub(snippet, op.mean(snippet, axes))
  const deviation = op.sqrt(op.add(op.mean(op.square(apart), axes), leastVariance))
  return op.add(op.div(op.mul(apart, standard.deviation), deviation), standard.mean)
}

function relate(scope: Scope, vectors: readonly Value[], config: NetworkConfig, random: Value | undefined) {
  const { kind, width } = config.relation
  const mean = (values: readonly Value[]) => op.mul(values.reduce(op.add), 1 / values.length)
  if (kind === 'none') return { last: mean(vectors), states: [], laplacian: undefined, mask: undefined }
  if (kind === 'gru') {
    const first = recurrentLayer(scope, 'cell.tgcn_layer1', vectors, undefined, width)
    const second = recurrentLayer(scope, 'cell.tgcn_layer2', first, undefined, width)
    return { last: second.at(-1)!, states: [first, second], laplacian: undefined, mask: undefined }
  }
  const edges = adjacency(scope, config)
  const mask = scope.learns('relation') ? relationMask(edges, config, random) : undefined
  const relations = laplacian(edges, mask)
  const layer = kind === 'tgcn' ? recurrentLayer : convolutionLayer
  const first = layer(scope, 'cell.tgcn_layer1', vectors, relations, width)
  const second = layer(scope, 'cell.tgcn_layer2', first, relations, width)
  return { last: kind === 'tgcn' ? second.at(-1)! : mean(second), states: [first, second], laplacian: relations, mask }
}

/** What relations show: [B, N, D] -> logits [B, 2]. */
function head(scope: Scope, regions: Value, config: NetworkConfig): Value {
  const [batch, count, width] = regions.shape as [number, number, number]
  const inputs = count * width
  const x = op.relu(batchNorm(scope, 'bn', 'head', op.reshape(regions, [batch, inputs]), config))
  // beside single frames it begins with adding nothing
  const initial = config.head.frames ? ({ kind: 'constant', value: 0 } as const) : defaultUniform(inputs)
  const weight = scope.parameter('fc.weight', [2, inputs], 'head', initial)
  const bias = scope.parameter('fc.bias', [2], 'head', initial)
  return op.add(op.matmul(x, weight, { transposeRight: true }), bias)
}

/** Logits of the forged area at feature resolution, [B, T L, H', W']: a linear read-out of the features. */
export function forgedArea(scope: Scope, features: readonly Value[], config: NetworkConfig): Value {
  return clipOrder(
    features.map((piece) => areaOf(scope, piece)),
    config,
  )
}

/** Logit of all cells at first: of frames half of which are real, about an eighth is forged. */
export const firstArea = -2

/** The same of one piece of features [B, C, L, H', W'], without another order: [B, 1, L, H', W']. */
export function areaOf(scope: Scope, features: Value): Value {
  const channels = features.shape[1]!
  const weight = scope.parameter('aux.mask.weight', [1, channels, 1, 1, 1], 'auxiliary', defaultUniform(channels))
  const bias = scope.parameter('aux.mask.bias', [1], 'auxiliary', { kind: 'constant', value: firstArea })
  const options = { strides: [1, 1, 1], before: [0, 0, 0], after: [0, 0, 0] }
  return op.add(op.conv(features, weight, options), bias)
}

/**
 * What the forged area says of each frame on its own, [F, 2], real and fake, of the frames of all pieces in their order: the
 * soft maximum of its logits, less where it begins. So a frame is judged by what lies somewhere in it, and by nothing else.
 */
export function frameLogits(scope: Scope, features: readonly Value[]): Value {
  const maxima = features.map((piece) => op.softMaximum(cellsOf(areaOf(scope, piece)), 1))
  const half = op.mul(op.sub(joined(maxima), firstArea), 0.5)
  return op.concat([op.neg(half), half], 1)
}

/**
 * Logits of each frame by a linear read-out of its features' mean, [F, 2]: used while training only. Features learn faster
 * with it than from the forged area alone, but it learns besides by what persons and cameras differ, so it judges nothing.
 */
export function frameClasses(scope: Scope, features: readonly Value[]): Value {
  const channels = features[0]!.shape[1]!
  const weight = scope.parameter('aux.frame.weight', [2, channels], 'auxiliary', defaultUniform(channels))
  const bias = scope.parameter('aux.frame.bias', [2], 'auxiliary', { kind: 'constant', value: 0 })
  const means = features.map((piece) => {
    const frames = piece.shape[0]! * piece.shape[2]!
    return op.reshape(op.mean(framesApart(piece), [2, 3]), [frames, channels])
  })
  return op.add(op.matmul(joined(means), weight, { transposeRight: true }), bias)
}

function joined(pieces: readonly Value[]): Value {
  return pieces.length > 1 ? op.concat(pieces, 0) : pieces[0]!
}

/** Maps [B, 1, L, H', W'] -> [B L, H' W']. */
function cellsOf(maps: Value): Value {
  const [batch, , frames, height, width] = maps.shape as [number, number, number, number, number]
  return op.reshape(framesApart(maps), [batch * frames, height * width])
}

/** [T B L, 2], the snippets of all clips after each other -> [B, T L, 2]. */
export function framesInClips(logits: Value, { input: { snippets, frames } }: NetworkConfig): Value {
  const batch = logits.shape[0]! / (snippets * frames)
  const apart = op.transpose(op.reshape(logits, [snippets, batch, frames, 2]), [1, 0, 2, 3])
  return op.reshape(apart, [batch, snippets * frames, 2])
}

/** One map a frame, in pieces as the features, [T B, 1, L, H', W'] together -> [B, T L, H', W']. */
export function clipOrder(pieces: readonly Value[], config: NetworkConfig): Value {
  const { snippets } = config.input
  const maps = joined(pieces)
  const [all, , frames, height, width] = maps.shape as [number, number, number, number, number]
  const batch = all / snippets
  const apart = op.transpose(op.reshape(maps, [snippets, batch, frames, height, width]), [1, 0, 2, 3, 4])
  return op.reshape(apart, [batch, snippets * frames, height, width])
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
