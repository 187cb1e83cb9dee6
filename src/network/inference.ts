import { Graph, gradients, op, type Value } from '../graph/index.ts'
import type { Tensor } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { framesApart } from './layers.ts'
import { backbone, clipOrder, clipShape, frameLogits, framesInClips, type Network, network } from './network.ts'
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
  const frames = config.input.snippets * config.input.frames
  const cam = op.concat(camOf(logits, features, options.target), 0)
  const maps = op.reshape(op.mul(cam, frames), [options.batch, frames, ...cam.shape.slice(-2)])
  return { logits, frames: each, probability: fakeProbability(logits, options.batch), cam: maps }
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

/**
 * Every frame on its own, as many at once as a snippet has.
 * @returns `logits` [B, 2], `frames` [B, T L, 2] and of each snippet `features` [L, C, 1, H', W'], clip after clip
 */
function buildFrames(config: NetworkConfig, { batch, weights }: InferenceOptions) {
  const graph = new Graph()
  const scope = new Scope(graph, { training: false, ...(weights && { weights }) })
  const apart = framesApart(graph.input('clip', 'float32', clipShape(config, batch)))
  const [all, channels, height, width] = apart.shape as [number, number, number, number]
  const frames = op.reshape(apart, [all, channels, 1, height, width])
  const length = config.input.frames
  const features = Array.from({ length: all / length }, (_, snippet) =>
    backbone(scope, op.sliceAxis(frames, 0, snippet * length, (snippet + 1) * length), config),
  )
  const each = op.reshape(frameLogits(scope, features), [batch, all / batch, 2])
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
