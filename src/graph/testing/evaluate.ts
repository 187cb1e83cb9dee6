import type { Device } from '../../runtime/index.ts'
import { type DataOf, type DType, type Shape, storageOf, type Tensor, tensor } from '../../tensor/tensor.ts'
import { inputsOf } from '../graph.ts'
import { type OnnxOptions, toOnnx } from '../onnx.ts'
import type { Value } from '../types.ts'

/** Runs once what the outputs need; feeds that they do not need are left out. */
export async function evaluate(
  device: Device,
  outputs: Readonly<Record<string, Value>>,
  feeds: Readonly<Record<string, Tensor>> = {},
  options: OnnxOptions = {},
): Promise<Readonly<Record<string, Tensor>>> {
  await using program = await device.compile(toOnnx(outputs, options))
  const needed = inputsOf(Object.values(outputs))
  return await program.run(Object.fromEntries(Object.entries(feeds).filter(([name]) => needed.includes(name))))
}

/** A tensor of any type from numbers. */
export function numbersAs<D extends DType>(dtype: D, shape: Shape, values: readonly number[]): Tensor<D> {
  const storage = storageOf(dtype) as unknown as { from(values: readonly unknown[]): DataOf<D> }
  return tensor(dtype, shape, storage.from(dtype === 'int64' ? values.map(BigInt) : values))
}

/** The elements as numbers. */
export const numbersOf = (value: Tensor): number[] => Array.from(value.data, Number)
