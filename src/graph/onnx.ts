import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { bytesPerElement, type DType, type Tensor } from '../tensor/tensor.ts'
import { type OnnxAttribute, type OnnxEmitter, onnxTypes, type Provider } from './emitter.ts'
import { nodesOf } from './graph.ts'
import { keptNames, Names } from './onnx-names.ts'
import { operators } from './operators/index.ts'
import type { TensorType, Value } from './types.ts'

/** AttributeProto.AttributeType. */
const attributeType = { float: 1, int: 2, ints: 7 }

const opsetVersion = 21
const irVersion = 10

export interface OnnxOptions {
  /** Who is to run it (default `cpu`): decides between forms of the same operator. */
  readonly provider?: Provider
  /** Key-value pairs for the model's metadata. */
  readonly metadata?: Readonly<Record<string, string>>
  readonly name?: string
}

/**
 * Writes what the outputs need as an ONNX model (protobuf, opset 21). Inputs keep their names.
 * @throws UnmaskError `graph-use` for outputs that cannot be named so, see onnx-names.ts
 * Source: onnx.proto of the ONNX specification; field numbers are from there.
 */
export function toOnnx(outputs: Readonly<Record<string, Value>>, options: OnnxOptions = {}): Uint8Array<ArrayBuffer> {
  const { provider = 'cpu', metadata = {}, name = 'unmask' } = options
  const graph = writeGraph(outputs, provider, name)
  const head = new BinaryWriter()
  head.tag(1, WireType.Varint).int64(irVersion)
  head.tag(2, WireType.LengthDelimited).string('unmask')
  head.tag(7, WireType.LengthDelimited).uint32(lengthOf(graph))
  const model = new BinaryWriter()
  model.tag(8, WireType.LengthDelimited).fork().tag(2, WireType.Varint).int64(opsetVersion).join()
  // ONNX Runtime's own operators
  model.tag(8, WireType.LengthDelimited).fork()
  model.tag(1, WireType.LengthDelimited).string('com.microsoft').tag(2, WireType.Varint).int64(1).join()
  for (const [key, value] of Object.entries(metadata)) {
    model.tag(14, WireType.LengthDelimited).fork()
    model.tag(1, WireType.LengthDelimited).string(key)
    model.tag(2, WireType.LengthDelimited).string(value)
    model.join()
  }
  return joined([head.finish(), ...graph, model.finish()])
}

/** A message in parts: weights may be large, and are copied once only, when the parts are joined. */
type Parts = readonly Uint8Array[]

function lengthOf(parts: Parts): number {
  return parts.reduce((total, part) => total + part.length, 0)
}

function joined(parts: Parts): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(parts))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

function writeGraph(outputs: Readonly<Record<string, Value>>, provider: Provider, name: string): Parts {
  const nodes = nodesOf(Object.values(outputs))
  const writer = new GraphWriter(provider, new Names(keptNames(outputs, nodes)))
  const names = new Map<Value, string>()
  const outputNames = new Map(Object.entries(outputs).map(([output, value]) => [value, output]))
  for (const node of nodes) {
    if (node.kind === 'input') {
      names.set(node.outputs[0]!, node.name)
      writer.input(node.name, node.outputs[0]!)
    } else if (node.kind === 'constant') {
      names.set(node.outputs[0]!, writer.initializer(node.tensor, node.name))
    } else {
      const inputs = node.inputs.map((value) => names.get(value)!)
      const operator = operators[node.operator]
      const results = operator.onnx(writer, inputs, node.attributes as never, node)
      node.outputs.forEach((value, i) => {
        const output = outputNames.get(value)
        names.set(value, output === undefined ? results[i]! : writer.rename(results[i]!, output))
      })
    }
  }
  for (const [output, value] of Object.entries(outputs)) writer.output(output, names.get(value)!, value)
  return writer.finish(name)
}

/** Collects the parts of a GraphProto. */
class GraphWriter implements OnnxEmitter {
  readonly provider: Provider
  readonly beyondStandard: boolean
  readonly #nodes: OnnxNode[] = []
  readonly #renamed = new Map<string, string>()
  readonly #initializers: Uint8Array[] = []
  readonly #inputs = new BinaryWriter()
  readonly #outputs = new BinaryWriter()
  readonly #known = new Map<string, string>()
  readonly #names: Names

  constructor(provider: Provider, names: Names) {
    this.provider = provider
    this.beyondStandard = provider !== 'webgpu' && provider !== 'any'
    this.#names = names
  }

  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    outputs = 1,
  ): readonly string[] {
    const names = Array.from({ length: outputs }, () => this.#names.fresh())
    this.#nodes.push({ operator, inputs, outputs: names, attributes })
    return names
  }

  integers(values: readonly number[]): string {
    const key = `int64 ${values}`
    const known = this.#known.get(key)
    if (known) return known
    const data = BigInt64Array.from(values, BigInt)
    const name = this.initializer({ dtype: 'int64', shape: [values.length], data }, undefined)
    this.#known.set(key, name)
    return name
  }

  scalar(value: number, dtype: DType): string {
    const key = `${dtype} scalar ${value}`
    const known = this.#known.get(key)
    if (known) return known
    const data = dtype === 'float64' ? Float64Array.of(value) : Float32Array.of(value)
    const name = this.initializer({ dtype, shape: [], data } as Tensor, undefined)
    this.#known.set(key, name)
    return name
  }

  /** TensorProto with raw little-endian data. */
  initializer(tensor: Tensor, name: string | undefined): string {
    const chosen = this.#names.free(name)
    const { buffer, byteOffset, length } = tensor.data
    const data = new Uint8Array(buffer, byteOffset, length * bytesPerElement(tensor.dtype))
    const writer = new BinaryWriter()
    for (const size of tensor.shape) writer.tag(1, WireType.Varint).int64(size)
    writer.tag(2, WireType.Varint).int32(onnxTypes[tensor.dtype])
    writer.tag(8, WireType.LengthDelimited).string(chosen)
    writer.tag(9, WireType.LengthDelimited).uint32(data.length)
    const head = writer.finish()
    writer.tag(5, WireType.LengthDelimited).uint32(head.length + data.length)
    this.#initializers.push(writer.finish(), head, data)
    return chosen
  }

  input(name: string, type: TensorType): void {
    writeValueInfo(this.#inputs, 11, name, type)
  }

  /** Gives what a node makes another name, which saves the copy of an Identity node. */
  rename(from: string, to: string): string {
    this.#renamed.set(from, to)
    return to
  }

  output(name: string, source: string, type: TensorType): void {
    if (name !== source) this.#nodes.push({ operator: 'Identity', inputs: [source], outputs: [name], attributes: {} })
    writeValueInfo(this.#outputs, 12, name, type)
  }

  finish(name: string): Parts {
    const nodes = new BinaryWriter()
    const renamed = (names: readonly string[]) => names.map((name) => this.#renamed.get(name) ?? name)
    for (const node of this.#nodes) {
      writeNode(nodes, { ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) })
    }
    return [
      nodes.finish(),
      new BinaryWriter().tag(2, WireType.LengthDelimited).string(name).finish(),
      ...this.#initializers,
      this.#inputs.finish(),
      this.#outputs.finish(),
    ]
  }
}

interface OnnxNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

function writeNode(writer: BinaryWriter, { operator, inputs, outputs, attributes }: OnnxNode): void {
  writer.tag(1, WireType.LengthDelimited).fork()
  for (const input of inputs) writer.tag(1, WireType.LengthDelimited).string(input)
  for (const output of outputs) writer.tag(2, WireType.LengthDelimited).string(output)
  const dot = operator.lastIndexOf('.')
  writer.tag(4, WireType.LengthDelimited).string(operator.slice(dot + 1))
  if (dot > 0) writer.tag(7, WireType.LengthDelimited).string(operator.slice(0, dot))
  for (const [name, attribute] of Object.entries(attributes)) writeAttribute(writer, name, attribute)
  writer.join()
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: OnnxAttribute): void {
  writer.tag(5, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.LengthDelimited).string(name)
  if ('float' in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float)
    writer.tag(20, WireType.Varint).int32(attributeType.float)
  } else if ('int' in attribute) {
    writer.tag(3, WireType.Varint).int64(attribute.int)
    writer.tag(20, WireType.Varint).int32(attributeType.int)
  } else {
    for (const value of attribute.ints) writer.tag(8, WireType.Varint).int64(value)
    writer.tag(20, WireType.Varint).int32(attributeType.ints)
  }
  writer.join()
}

function writeValueInfo(writer: BinaryWriter, field: number, name: string, { dtype, shape }: TensorType): void {
  writer.tag(field, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.LengthDelimited).string(name)
  writer.tag(2, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.Varint).int32(onnxTypes[dtype])
  writer.tag(2, WireType.LengthDelimited).fork()
  for (const size of shape) {
    writer.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int64(size).join()
  }
  writer.join().join().join().join()
}
