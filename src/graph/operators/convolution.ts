import { sizeOf } from '../../tensor/tensor.ts'
import { inputGradient, weightGradient } from '../convolution-gradient.ts'
import type { OnnxEmitter } from '../emitter.ts'
import type { Attributes } from './attributes.ts'
import { demand, demandFloats, demandWhole, type NodeTypes, type Operator } from './operator.ts'

type Attribute = Attributes['conv']

function attributesOf({ strides, before, after, groups }: Attribute, types: NodeTypes) {
  return {
    kernel_shape: { ints: types.inputs[1]!.shape.slice(2) },
    strides: { ints: strides },
    pads: { ints: [...before, ...after] },
    group: { int: groups },
  }
}

/** A convolution that ONNX Runtime's WebGPU provider (1.30) computes rightly. */
function webgpuForm(
  emit: OnnxEmitter,
  x: string,
  w: string,
  attribute: Attribute,
  types: NodeTypes,
): readonly string[] {
  if (forgetsPadding(attribute, types)) {
    // one more row before, which is cut from the result; a node that pads would be taken back into the convolution
    const [first, ...others] = attribute.before
    const shifted = { ...attribute, before: [first! + attribute.strides[0]!, ...others] }
    const longer = emit.node('Conv', [x, w], attributesOf(shifted, types))[0]!
    const end = emit.integers([1 + types.outputs[0]!.shape[2]!])
    return emit.node('Slice', [longer, emit.integers([1]), end, emit.integers([2])])
  }
  const { groups } = attribute
  if (groups === 1 || !mixesGroups(attribute, types)) return emit.node('Conv', [x, w], attributesOf(attribute, types))
  // each group for itself
  const split = (name: string, axis: number) =>
    emit.node('Split', [name], { axis: { int: axis }, num_outputs: { int: groups } }, groups)
  const [inputs, kernels] = [split(x, 1), split(w, 0)]
  const parts = inputs.map((input, i) => {
    return webgpuForm(emit, input, kernels[i]!, { ...attribute, groups: 1 }, types)[0]!
  })
  return emit.node('Concat', parts, { axis: { int: 1 } })
}

/**
 * Kernels of one element, and kernels of the input's size, are taken for matrix products whenever there is no padding
 * before: padding after is then forgotten.
 */
function forgetsPadding({ strides, before, after, groups }: Attribute, types: NodeTypes): boolean {
  const [size, kernel] = types.inputs.map(({ shape }) => shape.slice(2)) as [number[], number[]]
  const single = [...kernel, ...strides].every((count) => count === 1)
  const product = single || `${kernel}` === `${size}`
  return groups === 1 && kernel.length < 3 && product && before.every((n) => n === 0) && after.some((n) => n > 0)
}

/**
 * Over three axes groups are ignored. Over fewer, channels of the result are computed two or four at a time, which are
 * all taken for channels of the first one's group.
 */
function mixesGroups({ strides, groups }: Attribute, types: NodeTypes): boolean {
  if (strides.length === 3) return true
  const outputs = types.outputs[0]!.shape[1]!
  const together = outputs % 4 === 0 ? 4 : outputs % 2 === 0 ? 2 : 1
  return outputs / groups >= 4 && (outputs / groups) % together !== 0
}

/** Convolution over one to three spatial axes (cross-correlation, as everywhere in the field). */
export const conv: Operator<Attributes['conv']> = {
  infer: (inputs, { strides, before, after, groups }) => {
    demandFloats(inputs, 2)
    const [x, w] = [inputs[0]!.shape, inputs[1]!.shape]
    const space = x.length - 2
    demand(
      space >= 1 && space <= 3 && w.length === x.length,
      'takes x [B, C, ...space] and w [O, C / groups, ...kernel]',
    )
    const complete = [strides, before, after].every((list) => list.length === space)
    demand(complete, `strides and padding name each of the ${space} spatial axes`)
    demandWhole(strides, 1, `strides [${strides}] are not whole numbers from 1`)
    demandWhole([...before, ...after], 0, `padding [${before}] and [${after}] is not of whole numbers from 0`)
    demandWhole([groups], 1, `${groups} groups are not a whole number from 1`)
    demand(w[1]! * groups === x[1], `${x[1]} channels are not ${groups} groups of ${w[1]}`)
    demand(w[0]! % groups === 0, `${w[0]} output channels do not divide into ${groups} groups`)
    const sizes = strides.map((stride, i) => Math.floor((x[i + 2]! + before[i]! + after[i]! - w[i + 2]!) / stride) + 1)
    demand(
      sizes.every((size) => size >= 1),
      'the kernel is larger than the padded input',
    )
    return [{ dtype: inputs[0]!.dtype, shape: [x[0]!, w[0]!, ...sizes] }]
  },
  onnx: (emit, [x, w], attribute, types) => {
    if (emit.provider === 'webgpu') return webgpuForm(emit, x!, w!, attribute, types)
    return emit.node('Conv', [x!, w!], attributesOf(attribute, types))
  },
  gradient: ({ inputs, gradients, attributes, needs }) => {
    const [x, w] = [inputs[0]!, inputs[1]!]
    return [
      needs(0) ? inputGradient(gradients[0]!, w, x.shape, attributes) : undefined,
      needs(1) ? weightGradient(x, gradients[0]!, w.shape, attributes) : undefined,
    ]
  },
  macs: ({ inputs, outputs }) => sizeOf(outputs[0]!.shape) * sizeOf(inputs[1]!.shape.slice(1)),
}
