import { Graph, op, type Value } from '../../graph/index.ts'
import { Scope } from '../../network/scope.ts'
import type { Learning } from '../../network/training-step.ts'
import { generate } from './generator.ts'
import { judge } from './judge.ts'
import type { GeneratorShape } from './shapes.ts'

/** Weight of the distance of edges, against that of pixels. */
const edgeWeight = 0.5

/**
 * What a generator learns from: of `input` [B, 3, size, size], disturbed, it is to make `target`. Tells `pixels`, the mean
 * distance. The distance of edges keeps it from making everything smooth.
 */
export function likenessLearning(shape: GeneratorShape, batch: number): Learning {
  const { scope, likeness, pixels } = attempt(shape, batch)
  return { scope, loss: likeness, metrics: { pixels } }
}

/**
 * The same against a judge, which in the same step learns to tell what was made from what is real; by the hinge loss
 * (Lim and Ye 2017). Fed besides: `adversary`, the weight of its word. Tells also `judged`, its loss: 2 when it cannot tell.
 */
export function adversarialLearning(shape: GeneratorShape, batch: number): Learning {
  const { scope, made, target, likeness, pixels } = attempt(shape, batch)
  const weight = scope.graph.input('adversary', 'float32', [])
  const real = judge(scope, target, { fixed: false })
  const fake = judge(scope, op.stopGradient(made), { fixed: false })
  const judged = op.add(mean(op.relu(op.sub(1, real))), mean(op.relu(op.add(1, fake))))
  const deceit = mean(judge(scope, made, { fixed: true }))
  const loss = op.add(op.sub(likeness, op.mul(deceit, weight)), judged)
  return { scope, loss, metrics: { pixels, judged } }
}

function attempt(shape: GeneratorShape, batch: number) {
  const graph = new Graph()
  const scope = new Scope(graph, { training: true })
  const picture = [batch, 3, shape.size, shape.size]
  const made = generate(scope, shape, graph.input('input', 'float32', picture))
  const target = graph.input('target', 'float32', picture)
  const difference = op.sub(made, target)
  const pixels = mean(op.abs(difference))
  const edges = op.add(mean(op.abs(steps(difference, 2))), mean(op.abs(steps(difference, 3))))
  return { scope, made, target, pixels, likeness: op.add(pixels, op.mul(edges, edgeWeight)) }
}

const mean = (x: Value) => op.reshape(op.mean(x), [])

/** From each element to the next along an axis. */
function steps(x: Value, axis: number): Value {
  const size = x.shape[axis]!
  return op.sub(op.sliceAxis(x, axis, 1, size), op.sliceAxis(x, axis, 0, size - 1))
}
