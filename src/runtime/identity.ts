import { BinaryWriter } from '@bufbuild/protobuf/wire'
import type { DType } from '../tensor/tensor.ts'

/** ONNX's numbers of the element types (onnx.proto, TensorProto.DataType). */
const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10, float64: 11, bfloat16: 16 }

/** Tag of a length-delimited protobuf field. */
const field = (number: number) => (number << 3) | 2

/**
 * An ONNX model that hands a tensor of any shape through. Running it is how tensors get onto a device and off it
 * again: reading a device tensor directly aborts Node.
 */
export function identityModel(dtype: DType): Uint8Array {
  const writer = new BinaryWriter()
  const describe = (number: number, name: string) => {
    writer.uint32(field(number)).fork().uint32(field(1)).string(name)
    writer.uint32(field(2)).fork().uint32(field(1)).fork().uint32(8).int32(elementTypes[dtype]).join().join().join()
  }
  writer.uint32(8).int64(8) // ir_version
  writer.uint32(field(8)).fork().uint32(16).int64(17).join() // opset_import
  writer.uint32(field(7)).fork() // graph
  writer.uint32(field(1)).fork() // node
  writer.uint32(field(1)).string('x').uint32(field(2)).string('y').uint32(field(4)).string('Identity').join()
  writer.uint32(field(2)).string('identity')
  describe(11, 'x')
  describe(12, 'y')
  return writer.join().finish()
}
