import { Graph, gradients, op, type Value } from '../graph/index.ts'
import type { Tensor } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { backbone, clipOrder, clipShape, frameLogits, framesShape, network } from './network.ts'
import { Scope } from './scope.ts'

/** What the inference graphs return, by output name. */
export interface Inference {
  /** [B, 2]: real, fake. */
  readonly logits: Value
  /** Probability of fake before calibration, [B]. */
  readonly probability: Value
  /** Attention maps, [B, T, N, H', W']. */
  readonly attention: Value
}

export interface InferenceOptions {
  /** Clips in a run. */
  readonly batch: number
  /** Weights to write into the graph; without them they are inputs. */
  readonly weights?: Readonly<Record<string, Tensor>>
}

/** The graph of a detection: logits, probability and attention. */
export function inference(config: NetworkConfig, options: InferenceOptions): Inference {
  return describe(build(config, options), options.batch)
}

/** What a network says of single frames, [B, 3, 1, H, W], by its auxiliary heads: `logits` and `probability`. */
export function frameInference(config: NetworkConfig, { batch, weights }: InferenceOptions) {
  const graph = new Graph()
  const scope = new Scope(graph, { training: false, ...(weights && { weights }) })
  const features = backbone(scope, graph.input('clip', 'float32', framesShape(config, batch)), config)
  const logits = frameLogits(scope, [features])
  return { logits, probability: fakeProbability(logits, batch) }
}

/**
 * Grad-CAM (Selvaraju et al. 2017): besides the detection, where in each frame the evidence for a class is,
 * `cam` [B, T L, H', W'] >= 0, in logits: the class's gradient at the feature maps, averaged over a snippet's space and
 * time, weighs the maps.
 * @param target class whose evidence is shown
 */
export function gradCam(config: NetworkConfig, options: InferenceOptions & { readonly target: 'real' | 'fake' }) {
  const built = build(config, options)
  const column = options.target === 'fake' ? 1 : 0
  const logit = op.sliceAxis(built.logits, 1, column, column + 1)
  const slopes = gradients([logit], built.features)
  const maps = built.features.map((features, i) => {
    const weight = op.mean(slopes[i]!, [2, 3, 4])
    return op.relu(op.sum(op.mul(features, weight), [1]))
  })
  return { ...describe(built, options.batch), cam: clipOrder(maps, config) }
}

function build(config: NetworkConfig, { batch, weights }: InferenceOptions) {
  const graph = new Graph()
  const scope = new Scope(graph, { training: false, ...(weights && { weights }) })
  return network(scope, graph.input('clip', 'float32', clipShape(config, batch)), config)
}

function describe(built: ReturnType<typeof build>, batch: number): Inference {
  const maps = built.regions.map(({ maps }) => op.reshape(maps, [batch, 1, ...maps.shape.slice(1)]))
  return {
    logits: built.logits,
    probability: fakeProbability(built.logits, batch),
    attention: op.concat(maps, 1),
  }
}

function fakeProbability(logits: Value, batch: number): Value {
  const [real, fake] = [0, 1].map((column) => op.sliceAxis(logits, 1, column, column + 1))
  return op.reshape(op.sigmoid(op.sub(fake!, real!)), [batch])
}
