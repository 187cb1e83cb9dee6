import { UnmaskError } from '../errors.ts'
import type { DType, Shape, Tensor } from '../tensor/tensor.ts'
import type { Attributes, OperatorName } from './operators/attributes.ts'
import { operators } from './operators/index.ts'
import { type Node, ShapeMismatch, type TensorType, typeText, type Value } from './types.ts'

/** Constants up to this size are compared by content, so that equal ones are kept once. */
const smallConstant = 16

/**
 * A directed acyclic graph of tensor operations under construction. Node ids ascend in topological order, and an
 * operation that is already there (same operator, attributes and inputs) is not added twice.
 */
export class Graph {
  readonly nodes: Node[] = []
  readonly #inputs = new Set<string>()
  readonly #known = new Map<string, readonly Value[]>()

  /**
   * A value that is fed at run time.
   * @throws UnmaskError `graph-use` when the name is taken or empty
   */
  input(name: string, dtype: DType, shape: Shape): Value {
    if (name === '') throw new UnmaskError('graph-use', 'an input needs a name')
    if (this.#inputs.has(name)) throw new UnmaskError('graph-use', `the graph has an input "${name}" already`)
    this.#inputs.add(name)
    return this.#add([{ dtype, shape }], (id, outputs) => ({ kind: 'input', id, name, outputs }))[0]!
  }

  /** A value that is fixed; `name` shows in viewers. */
  constant(tensor: Tensor, name?: string): Value {
    const add = () => this.#add([tensor], (id, outputs) => ({ kind: 'constant', id, name, tensor, outputs }))
    if (name !== undefined || tensor.data.length > smallConstant) return add()[0]!
    // by bytes: 0 and -0 are different constants
    const { buffer, byteOffset, byteLength } = tensor.data
    const bytes = new Uint8Array(buffer, byteOffset, byteLength)
    return this.#once(`constant ${tensor.dtype} [${tensor.shape}] ${bytes}`, add)[0]!
  }

  /**
   * Applies an operator of the table.
   * @throws UnmaskError `graph-shape` naming operator, node and shapes; `graph-use` for a value of another graph
   */
  apply<K extends OperatorName>(operator: K, inputs: readonly Value[], attributes: Attributes[K]): readonly Value[] {
    const foreign = inputs.findIndex((value) => value.graph !== this)
    if (foreign >= 0) throw new UnmaskError('graph-use', `${operator}: input ${foreign} belongs to another graph`)
    const key = `${operator} ${attributesText(attributes)} ${inputs.map((value) => `${value.node.id}.${value.index}`)}`
    return this.#once(key, () => {
      const types = this.#infer(operator, inputs, attributes)
      return this.#add(types, (id, outputs) => ({ kind: 'operator', id, operator, attributes, inputs, outputs }))
    })
  }

  #infer<K extends OperatorName>(operator: K, inputs: readonly Value[], attributes: Attributes[K]) {
    try {
      return operators[operator].infer(inputs, attributes)
    } catch (error) {
      if (!(error instanceof ShapeMismatch)) throw error
      const call = `${operator}(${inputs.map(typeText).join(', ')}) ${attributesText(attributes)}`
      throw new UnmaskError('graph-shape', `node ${this.nodes.length}, ${call}: ${error.message}`)
    }
  }

  #once(key: string, add: () => readonly Value[]): readonly Value[] {
    const known = this.#known.get(key)
    if (known) return known
    const values = add()
    this.#known.set(key, values)
    return values
  }

  #add(types: readonly TensorType[], create: (id: number, outputs: readonly Value[]) => Node): readonly Value[] {
    const outputs: Value[] = []
    const node = create(this.nodes.length, outputs)
    types.forEach(({ dtype, shape }, index) => {
      outputs.push({ graph: this, node, index, dtype, shape: [...shape] })
    })
    this.nodes.push(node)
    return outputs
  }
}

/** Attributes as text, different for different ones: JSON alone writes null for what is not finite, and 0 for -0. */
function attributesText(attributes: object): string {
  return JSON.stringify(attributes, (_, value) => {
    if (Object.is(value, -0)) return '-0'
    return typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value
  })
}

/** Names of the inputs that the given values need. */
export function inputsOf(values: Iterable<Value>): string[] {
  return nodesOf(values).flatMap((node) => (node.kind === 'input' ? [node.name] : []))
}

/** The nodes that the given values need, in topological order. */
export function nodesOf(values: Iterable<Value>): Node[] {
  const found = new Set<Node>()
  const open = [...values].map((value) => value.node)
  for (let node = open.pop(); node; node = open.pop()) {
    if (found.has(node)) continue
    found.add(node)
    if (node.kind === 'operator') for (const input of node.inputs) open.push(input.node)
  }
  return [...found].sort((a, b) => a.id - b.id)
}
