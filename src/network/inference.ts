import { Graph, gradients, op, type Value } from '../graph/index.ts'
import type { Tensor } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { framesApart } from './layers.ts'
import { clipOrder, clipShape, frameLogits, framesInClips, type Network, network, snippetFeatures } from './network.ts'
import { Scope } from './scope.ts'

/** What the inference graphs return, by output name. */
export interface Inference {
  /** [B, 2]: real, fake. */
  readonly logits: Value
  /** Probability of fake before calibration, [B]. */
  readonly probability: Value
  /** Attention maps, [B, T, N, H', W']. */
  readonly attention: Value
  /** Of each frame on its own, by its forged area, [B, T L, 2]; only with `eachFrame`. */
  readonly frames?: Value
}

export interface InferenceOptions {
  /** Clips in a run. */
  readonly batch: number
  /** Weights to write into the graph; without them they are inputs. */
  readonly weights?: Readonly<Record<string, Tensor>>
  /** Whether to add what is said of each frame, where the config has a forged area (`loss.mask`). Default: false. */
  readonly eachFrame?: boolean
}

/**
 * What Grad-CAM shows the evidence for: a logit, as in the paper, or `margin`, that of fake less that of real, by which a clip
 * is judged. What both logits have in common, which is half of them where heads started from random weights, decides
 * nothing and is not in it.
 */
export type CamTarget = 'real' | 'fake' | 'margin'

/** The graph of a detection: logits, probability and attention. */
export function inference(config: NetworkConfig, options: InferenceOptions): Inference {
  return describe(build(config, options), options.batch)
}

/** What a network says of a clip's frames, each on its own: the mean of their logits, and `frames`. */
export function frameInference(config: NetworkConfig, options: InferenceOptions) {
  const { logits, frames } = buildFrames(config, options)
  return { logits, frames, probability: fakeProbability(logits, options.batch) }
}

/** Grad-CAM of such a model: what `frameInference` has, and `cam` [B, T L, H', W'] as `gradCam` has it. */
export function frameGradCam(config: NetworkConfig, options: InferenceOptions & { readonly target: CamTarget }) {
  const { logits, frames: each, features } = buildFrames(config, options)
  const { snippets, frames } = config.input
  const maps = camOf(logits, features, options.target).map((cam) => {
    // the clip's logits are the mean of its frames': each frame's own evidence is that many times its share
    const share = op.reshape(cam, [options.batch, 1, frames, ...cam.shape.slice(-2)])
    return op.mul(share, snippets * frames)
  })
  return { logits, frames: each, probability: fakeProbability(logits, options.batch), cam: clipOrder(maps, config) }
}

/**
 * Grad-CAM (Selvaraju et al. 2017): besides the detection, where in each frame the evidence for a class is,
 * `cam` [B, T L, H', W'] >= 0, in logits: the class's gradient at the feature maps, averaged over a snippet's space and
 * time, weighs the maps.
 * @param target class whose evidence is shown
 */
export function gradCam(config: NetworkConfig, options: InferenceOptions & { readonly target: CamTarget }) {
  const built = build(config, options)
  const maps = camOf(built.logits, built.features, options.target)
  return { ...describe(built, options.batch), cam: clipOrder(maps, config) }
}

/** Of each piece of features [B, C, L, H', W'] its map, [B, 1, L, H', W']. */
function camOf(logits: Value, pieces: readonly Value[], target: CamTarget): Value[] {
  const [real, fake] = [0, 1].map((column) => op.sliceAxis(logits, 1, column, column + 1))
  const slopes = gradients([{ real, fake, margin: op.sub(fake!, real!) }[target]!], pieces)
  return pieces.map((features, i) => {
    const weight = op.mean(slopes[i]!, [2, 3, 4])
    return op.relu(op.sum(op.mul(features, weight), [1]))
  })
}

/** @returns `logits` [B, 2], `frames` [B, T L, 2] and of each snippet `features` [B L, C, 1, H', W'] */
function buildFrames(config: NetworkConfig, { batch, weights }: InferenceOptions) {
  const graph = new Graph()
  const scope = new Scope(graph, { training: false, ...(weights && { weights }) })
  const clip = graph.input('clip', 'float32', clipShape(config, batch))
  const features = snippetFeatures(scope, clip, config).map((snippet) => {
    const apart = framesApart(snippet)
    const [all, channels, height, width] = apart.shape as [number, number, number, number]
    return op.reshape(apart, [all, channels, 1, height, width])
  })
  const each = framesInClips(frameLogits(scope, features), config)
  return { logits: op.reshape(op.mean(each, [1]), [batch, 2]), frames: each, features }
}

type Built = Network & { readonly frames?: Value }

function build(config: NetworkConfig, { batch, weights, eachFrame = false }: InferenceOptions): Built {
  const graph = new Graph()
  const scope = new Scope(graph, { training: false, ...(weights && { weights }) })
  const built = network(scope, graph.input('clip', 'float32', clipShape(config, batch)), config)
  if (!eachFrame || config.loss.mask === 0) return built
  return { ...built, frames: framesInClips(frameLogits(scope, built.features), config) }
}

function describe(built: Built, batch: number): Inference {
  const maps = built.regions.map(({ maps }) => op.reshape(maps, [batch, 1, ...maps.shape.slice(1)]))
  return {
    logits: built.logits,
    probability: fakeProbability(built.logits, batch),
    attention: op.concat(maps, 1),
    ...(built.frames && { frames: built.frames }),
  }
}

function fakeProbability(logits: Value, batch: number): Value {
  const [real, fake] = [0, 1].map((column) => op.sliceAxis(logits, 1, column, column + 1))
  return op.reshape(op.sigmoid(op.sub(fake!, real!)), [batch])
}
