import { nodesOf, type Value } from '../graph/index.ts'
import type { OperatorNode } from '../graph/types.ts'
import { bytesPerElement, sizeOf } from '../tensor/tensor.ts'

/** Operators whose result is the input's memory under another shape. */
const views = new Set<string>(['reshape', 'stopGradient'])
/** Operators that can write over an input that nobody needs any more, as engines do (or merge them into the one before). */
const inPlace = new Set<string>(
  'neg abs exp log sqrt relu sigmoid tanh erf gelu leakyRelu clip add sub mul div normalise'.split(' '),
)

/** A piece of memory and for how long it is needed. */
interface Buffer {
  readonly bytes: number
  /** Id of the last node that reads it. */
  last: number
}

/**
 * The most memory, in bytes, that intermediate results take at one time when the nodes run in topological order and each
 * result is freed after its last use: an estimate from liveness alone. Engines add workspace and padding, and reuse less.
 * @param counts whether an input of the graph counts (weights do not)
 */
export function peakMemory(outputs: Iterable<Value>, counts: (input: string) => boolean): number {
  const results = [...outputs]
  const buffers = plan(results, counts)
  const changes = new Map<number, number>()
  const change = (id: number, bytes: number) => changes.set(id, (changes.get(id) ?? 0) + bytes)
  for (const [start, buffer] of buffers) {
    change(start, buffer.bytes)
    change(buffer.last + 1, -buffer.bytes)
  }
  let live = 0
  let peak = 0
  for (const id of [...changes.keys()].sort((a, b) => a - b)) {
    live += changes.get(id)!
    peak = Math.max(peak, live)
  }
  return peak
}

/** Every buffer with the id of the node that creates it. */
function plan(results: readonly Value[], counts: (input: string) => boolean): readonly (readonly [number, Buffer])[] {
  const nodes = nodesOf(results)
  const lastUse = new Map<Value, number>()
  for (const node of nodes) if (node.kind === 'operator') for (const input of node.inputs) lastUse.set(input, node.id)
  for (const value of results) lastUse.set(value, Number.MAX_SAFE_INTEGER - 1)

  const bufferOf = new Map<Value, Buffer>()
  const buffers: [number, Buffer][] = []
  for (const node of nodes) {
    if (node.kind === 'constant' || (node.kind === 'input' && !counts(node.name))) continue
    for (const value of node.outputs) {
      const last = lastUse.get(value) ?? node.id
      const bytes = sizeOf(value.shape) * bytesPerElement(value.dtype)
      const reused = node.kind === 'operator' ? reusable(node, bytes, bufferOf) : undefined
      if (reused) reused.last = Math.max(reused.last, last)
      else buffers.push([node.id, { bytes, last }])
      bufferOf.set(value, reused ?? buffers.at(-1)![1])
    }
  }
  return buffers
}

function reusable(node: OperatorNode, bytes: number, bufferOf: ReadonlyMap<Value, Buffer>): Buffer | undefined {
  const candidates = node.inputs.flatMap((input) => bufferOf.get(input) ?? [])
  if (views.has(node.operator)) return candidates[0]
  if (!inPlace.has(node.operator)) return undefined
  return candidates.find((buffer) => buffer.bytes === bytes && buffer.last <= node.id)
}
