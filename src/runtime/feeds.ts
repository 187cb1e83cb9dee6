import { UnmaskError } from '../errors.ts'
import { sizeOf, storageOf, type Tensor } from '../tensor/tensor.ts'
import { nearest } from './nearest.ts'
import type { Tensors, TensorType } from './types.ts'

/** E.g. "float32 [batch, 3]". */
export function describeType(type: { dtype: string; shape: readonly (number | string)[] }): string {
  return `${type.dtype} [${type.shape.join(', ')}]`
}

/** Whether a tensor can stand where `type` is asked for. */
export function fits(type: TensorType, dtype: string, shape: readonly number[]): boolean {
  return (
    dtype === type.dtype &&
    shape.length === type.shape.length &&
    type.shape.every((size, axis) => typeof size === 'string' || size === shape[axis])
  )
}

/**
 * Holds feeds against the inputs that are to be fed, before the engine sees them.
 * @throws UnmaskError `graph-use` naming the input, what it expects and what was given
 */
export function checkFeeds(inputs: readonly TensorType[], feeds: Tensors): void {
  const names = inputs.map(({ name }) => name)
  for (const name of Object.keys(feeds)) {
    if (!names.includes(name)) throw new UnmaskError('graph-use', `no input "${name}"${nearest(name, names)}`)
  }
  for (const input of inputs) {
    const given = feeds[input.name]
    const wanted = `input "${input.name}" expects ${describeType(input)}`
    if (!given) throw new UnmaskError('graph-use', `${wanted}, and was not given`)
    if (!fits(input, given.dtype, given.shape)) {
      throw new UnmaskError('graph-use', `${wanted}, and was given ${describeType(given)}`)
    }
    checkTensor(`input "${input.name}"`, given)
  }
}

/** Holds a tensor's data against its type and shape: the engine would read past the end of an array too short. */
export function checkTensor(what: string, { dtype, shape, data }: Tensor): void {
  const stored = storageOf(dtype)?.name
  const given = (data as { [Symbol.toStringTag]?: string } | undefined)?.[Symbol.toStringTag]
  if (!stored || given !== stored) {
    throw new UnmaskError('graph-use', `${what}: ${dtype} is stored in ${stored ?? 'no known array'}, not in ${given}`)
  }
  if (data.length !== sizeOf(shape)) {
    throw new UnmaskError(
      'graph-use',
      `${what}: shape [${shape.join(', ')}] holds ${sizeOf(shape)} elements, its data ${data.length}`,
    )
  }
}
