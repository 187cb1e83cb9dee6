import { Random } from '../../tensor/random.ts'
import { type Shape, sizeOf, type Tensor } from '../../tensor/tensor.ts'
import type { Graph } from '../graph.ts'
import type { Value } from '../types.ts'
import { signed, whole } from './domains.ts'
import { numbersAs } from './evaluate.ts'
import type { Subject } from './subject.ts'

/** A subject in a graph, with numbers for its inputs and for the gradients that enter at its outputs. */
export interface Placed {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly seedInputs: readonly Value[]
  readonly points: readonly (readonly number[])[]
  readonly seeds: readonly (readonly number[])[]
  /** Numbers as those of the seeds, one list for each input. */
  readonly directions: readonly (readonly number[])[]
  /** One more input of the graph. */
  readonly feed: (label: string, shape: Shape, values: readonly number[]) => Value
}

/** Adds a subject to a graph and its numbers to the feeds. The same subject is always given the same numbers. */
export function place(subject: Subject, graph: Graph, feeds: Record<string, Tensor>): Placed {
  const { name, dtype, method, build } = subject
  const random = new Random(name)
  const slopes = method === 'exact' ? whole : signed
  const feed = (label: string, shape: Shape, values: readonly number[]) => {
    feeds[`${name} ${label}`] = numbersAs(dtype, shape, values)
    return graph.input(`${name} ${label}`, dtype, shape)
  }
  const points = subject.inputs.map(({ shape, domain }) => domain(random, sizeOf(shape)))
  const inputs = subject.inputs.map(({ shape }, i) => feed(`x${i}`, shape, points[i]!))
  const outputs = build(inputs)
  const seeds = outputs.map(({ shape }) => slopes(random, sizeOf(shape)))
  const seedInputs = outputs.map(({ shape }, j) => feed(`s${j}`, shape, seeds[j]!))
  const directions = inputs.map(({ shape }) => slopes(random, sizeOf(shape)))
  return { inputs, outputs, seedInputs, points, seeds, directions, feed }
}
