/** A reader of ONNX files that shares nothing with the writer but the protobuf wire format. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** Fields of a message by number: whole numbers, or the bytes of texts and nested messages. */
type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>

function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes)
  const fields = new Map<number, (number | Uint8Array)[]>()
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag()
    const values = fields.get(field) ?? []
    fields.set(field, values)
    if (wireType === WireType.Varint) values.push(Number(reader.int64()))
    else if (wireType === WireType.LengthDelimited) values.push(reader.bytes())
    else reader.skip(wireType, field)
  }
  return fields
}

const all = (fields: Fields, field: number) => (fields.get(field) ?? []) as readonly Uint8Array[]
const nested = (fields: Fields, field: number) => all(fields, field).map(fieldsOf)
const texts = (fields: Fields, field: number) => all(fields, field).map((bytes) => new TextDecoder().decode(bytes))

/** What a model says of itself. Field numbers from onnx.proto. */
export function readOnnx(model: Uint8Array) {
  const fields = fieldsOf(model)
  const graph = nested(fields, 7)[0]!
  return {
    irVersion: fields.get(1)?.[0],
    producer: texts(fields, 2)[0],
    opsets: nested(fields, 8).map((opset) => ({ domain: texts(opset, 1)[0] ?? '', version: opset.get(2)?.[0] })),
    metadata: Object.fromEntries(nested(fields, 14).map((entry) => [texts(entry, 1)[0], texts(entry, 2)[0]])),
    name: texts(graph, 2)[0],
    nodes: nested(graph, 1).map((node) => ({
      operator: texts(node, 4)[0],
      domain: texts(node, 7)[0] ?? '',
      inputs: texts(node, 1),
      outputs: texts(node, 2),
    })),
    initializers: nested(graph, 5).map((tensor) => texts(tensor, 8)[0]!),
    inputs: nested(graph, 11).map((info) => texts(info, 1)[0]!),
    outputs: nested(graph, 12).map((info) => texts(info, 1)[0]!),
  }
}
