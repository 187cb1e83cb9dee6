import { UnmaskError } from '../errors.ts'
import type { Node, Value } from './types.ts'

/** The names of a model: inputs and outputs keep theirs, everything else gets what is free. */
export class Names {
  readonly #taken: Set<string>
  #count = 0

  /** @param kept names that nothing else may bear */
  constructor(kept: Iterable<string>) {
    this.#taken = new Set(kept)
  }

  /** A name that nothing bears. */
  fresh(): string {
    do this.#count += 1
    while (this.#taken.has(`%${this.#count}`))
    return this.#take(`%${this.#count}`)
  }

  /** The wished name if it is free, else another. */
  free(wish: string | undefined): string {
    return wish && !this.#taken.has(wish) ? this.#take(wish) : this.fresh()
  }

  #take(name: string): string {
    this.#taken.add(name)
    return name
  }
}

/**
 * The names that a model with these outputs has to keep.
 * @throws UnmaskError `graph-use` when there is no output, when one has no name or an input's that is another value, or
 *   when they are not of one graph
 */
export function keptNames(outputs: Readonly<Record<string, Value>>, nodes: readonly Node[]): string[] {
  const named = Object.entries(outputs)
  if (named.length === 0) throw new UnmaskError('graph-use', 'a model needs at least one output')
  const inputs = nodes.flatMap((node) => (node.kind === 'input' ? [node] : []))
  for (const [name, value] of named) {
    if (name === '') throw new UnmaskError('graph-use', 'an output needs a name')
    if (value.graph !== named[0]![1].graph) {
      throw new UnmaskError('graph-use', `the outputs "${named[0]![0]}" and "${name}" are of different graphs`)
    }
    const input = inputs.find((node) => node.name === name)
    if (input && input.outputs[0] !== value) {
      throw new UnmaskError('graph-use', `the output "${name}" has the name of an input that is another value`)
    }
  }
  return [...inputs.map((node) => node.name), ...named.map(([name]) => name)]
}
