import { nodesOf } from './graph.ts'
import { type Node, type OperatorNode, typeText, type Value } from './types.ts'

/** Constants up to this size are shown in full. */
const shownElements = 8

/**
 * A graph as text, for people and for comparing: one line a node, inputs first, then constants and operators in
 * topological order, outputs last, e.g.
 * `%12 float32[1,64,20,56,56] = conv(%3, enc.base.stem.0.weight) {strides: [1,2,2], ...}`.
 * Results are numbered by their place in the text, so what the outputs do not need has no part in it.
 */
export function dump(outputs: Readonly<Record<string, Value>>): string {
  const nodes = nodesOf(Object.values(outputs))
  const inputs = nodes.filter((node) => node.kind === 'input')
  const names = new Map<Value, string>()
  let count = 0
  const lines = [...inputs, ...nodes.filter((node) => node.kind !== 'input')].map((node) => {
    const named = node.kind === 'operator' ? undefined : node.name
    const name = named ?? `%${count++}`
    for (const value of node.outputs) names.set(value, node.outputs.length > 1 ? `${name}.${value.index}` : name)
    const results = node.outputs.map((value) => `${names.get(value)} ${typeText(value)}`)
    return `${results.join(', ')} = ${source(node, names)}`
  })
  const returned = Object.entries(outputs).map(([name, value]) => `output ${name} = ${names.get(value)}`)
  return [...lines, ...returned, ''].join('\n')
}

function source(node: Node, names: ReadonlyMap<Value, string>): string {
  if (node.kind === 'input') return 'input'
  if (node.kind === 'operator') return call(node, names)
  const { data } = node.tensor
  return data.length > shownElements ? 'constant' : `constant [${Array.from<unknown>(data).join(', ')}]`
}

function call({ operator, inputs, attributes }: OperatorNode, names: ReadonlyMap<Value, string>): string {
  const settings = Object.entries(attributes).map(([key, value]) => {
    return `${key}: ${Array.isArray(value) ? `[${value}]` : value}`
  })
  const text = settings.length > 0 ? ` {${settings.join(', ')}}` : ''
  return `${operator}(${inputs.map((value) => names.get(value)).join(', ')})${text}`
}
