import { sizeOf } from '../../tensor/tensor.ts'
import { inputGradient, weightGradient } from '../convolution-gradient.ts'
import type { Attributes } from './attributes.ts'
import { demand, demandFloats, demandWhole, type Operator } from './operator.ts'

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
  onnx: (emit, [x, w], { strides, before, after, groups }, types) => {
    const attributes = (group: number) => ({
      kernel_shape: { ints: types.inputs[1]!.shape.slice(2) },
      strides: { ints: strides },
      pads: { ints: [...before, ...after] },
      group: { int: group },
    })
    const volumetric = strides.length === 3
    if (emit.provider !== 'webgpu' || groups === 1 || !volumetric)
      return emit.node('Conv', [x!, w!], attributes(groups))
    // ONNX Runtime's WebGPU provider has no grouped convolution over three axes: each group for itself
    const split = (name: string, axis: number) =>
      emit.node('Split', [name], { axis: { int: axis }, num_outputs: { int: groups } }, groups)
    const [inputs, kernels] = [split(x!, 1), split(w!, 0)]
    const parts = inputs.map((input, i) => emit.node('Conv', [input, kernels[i]!], attributes(1))[0]!)
    return emit.node('Concat', parts, { axis: { int: 1 } })
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
