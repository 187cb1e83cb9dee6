import { UnmaskError } from '../errors.ts'
import { nodesOf } from './graph.ts'
import { operators } from './operators/index.ts'
import type { GradientRule } from './operators/operator.ts'
import * as op from './ops.ts'
import { type Node, type OperatorNode, typeText, type Value } from './types.ts'

/**
 * Reverse-mode differentiation: the gradient of the sum of all elements of `objectives` with respect to each value of
 * `wrt`. Only nodes on a path from `wrt` to an objective are differentiated, and rules build only the gradients that
 * such a path needs. A value that no objective depends on has a zero gradient.
 * @param seeds gradient that enters at each objective (default: ones)
 * @throws UnmaskError `graph-use` when there is nothing to differentiate or a value is not of a floating type,
 *   `graph-shape` when a seed is not of its objective's type and shape
 */
export function gradients(objectives: readonly Value[], wrt: readonly Value[], seeds?: readonly Value[]): Value[] {
  if (objectives.length === 0) throw new UnmaskError('graph-use', 'gradients() needs at least one objective')
  for (const value of [...objectives, ...wrt]) demandFloating(value)
  const path = nodesOf(objectives)
  const active = activeValues(path, wrt)
  const known = new Map<Value, Value>()
  const accumulate = (value: Value, gradient: Value) => {
    const before = known.get(value)
    known.set(value, before ? op.add(before, gradient) : gradient)
  }
  objectives.forEach((value, i) => {
    accumulate(value, seeds ? fittingSeed(value, seeds[i], i) : op.full(value, value.shape, 1))
  })
  for (const node of path.reverse()) {
    if (node.kind === 'operator') propagate(node, active, known, accumulate)
  }
  return wrt.map((value) => known.get(value) ?? op.full(value, value.shape, 0))
}

function demandFloating({ dtype }: Value): void {
  if (dtype === 'float32' || dtype === 'float64') return
  throw new UnmaskError('graph-use', `only values of a floating type have a gradient, not ${dtype}`)
}

/** A seed of another shape would be stretched, and give a wrong gradient in silence. */
function fittingSeed(objective: Value, seed: Value | undefined, i: number): Value {
  if (seed && typeText(seed) === typeText(objective)) return seed
  const given = seed ? typeText(seed) : 'nothing'
  throw new UnmaskError('graph-shape', `the seed of objective ${i} is ${given}, not ${typeText(objective)}`)
}

/** Values through which a change of `wrt` can reach the objectives. */
function activeValues(path: readonly Node[], wrt: readonly Value[]): Set<Value> {
  const active = new Set(wrt)
  for (const node of path) {
    if (node.kind !== 'operator' || operators[node.operator].gradient === 'zero') continue
    if (node.inputs.some((input) => active.has(input))) for (const output of node.outputs) active.add(output)
  }
  return active
}

function propagate(
  node: OperatorNode,
  active: ReadonlySet<Value>,
  known: ReadonlyMap<Value, Value>,
  accumulate: (value: Value, gradient: Value) => void,
): void {
  const needs = (i: number) => active.has(node.inputs[i]!)
  const { gradient: rule } = operators[node.operator]
  const incoming = node.outputs.map((output) => known.get(output))
  if (rule === 'zero' || !node.inputs.some((_, i) => needs(i)) || incoming.every((gradient) => !gradient)) return
  const { inputs, outputs, attributes } = node
  const context = { inputs, outputs, attributes: attributes as never, gradients: incoming, needs }
  const results = (rule as GradientRule<never>)(context)
  results.forEach((gradient, i) => {
    if (gradient && needs(i)) accumulate(node.inputs[i]!, gradient)
  })
}
