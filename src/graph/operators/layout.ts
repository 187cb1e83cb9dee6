import { sizeOf } from '../../tensor/tensor.ts'
import type { OnnxEmitter } from '../emitter.ts'
import * as op from '../ops.ts'
import type { Value } from '../types.ts'
import type { Attributes } from './attributes.ts'
import { broadcast } from './elementwise.ts'
import { demand, demandAxes, demandFloats, demandWhole, type Operator } from './operator.ts'

/** A size of 0 is meant: unless told so, ONNX takes it for "as before". */
function reshapeNode(emit: OnnxEmitter, x: string, shape: readonly number[]): readonly string[] {
  return emit.node('Reshape', [x, emit.integers(shape)], shape.includes(0) ? { allowzero: { int: 1 } } : {})
}

const reshape: Operator<Attributes['reshape']> = {
  infer: (inputs, { shape }) => {
    demandFloats(inputs, 1)
    const { dtype, shape: given } = inputs[0]!
    demandWhole(shape, 0, `[${shape}] is not a shape`)
    demand(sizeOf(shape) === sizeOf(given), `[${given}] does not have the ${sizeOf(shape)} elements of [${shape}]`)
    return [{ dtype, shape }]
  },
  onnx: (emit, [x], { shape }) => reshapeNode(emit, x!, shape),
  gradient: ({ inputs, gradients }) => [op.reshape(gradients[0]!, inputs[0]!.shape)],
}

const expand: Operator<Attributes['expand']> = {
  infer: (inputs, { shape }) => {
    demandFloats(inputs, 1)
    const { dtype, shape: given } = inputs[0]!
    demandWhole(shape, 0, `[${shape}] is not a shape`)
    demand(`${broadcast(given, shape)}` === `${shape}`, `[${given}] does not expand to [${shape}]`)
    return [{ dtype, shape }]
  },
  onnx: (emit, [x], { shape }) => emit.node('Expand', [x!, emit.integers(shape)]),
  gradient: ({ inputs, gradients }) => [op.sumTo(gradients[0]!, inputs[0]!.shape)],
}

/** The same transposition with the fewest axes. */
function joinAxes(shape: readonly number[], order: readonly number[]): { shape: number[]; order: number[] } {
  const runs: number[][] = []
  for (const axis of order.filter((axis) => shape[axis] !== 1)) {
    const run = runs.at(-1)
    const next = run && shape.findIndex((size, i) => i > run.at(-1)! && size !== 1)
    if (run && next === axis) run.push(axis)
    else runs.push([axis])
  }
  const inPlace = [...runs].sort((a, b) => a[0]! - b[0]!)
  return {
    shape: inPlace.map((run) => sizeOf(run.map((axis) => shape[axis]!))),
    order: runs.map((run) => inPlace.indexOf(run)),
  }
}

const transpose: Operator<Attributes['transpose']> = {
  infer: (inputs, { order }) => {
    demandFloats(inputs, 1)
    const { dtype, shape } = inputs[0]!
    demandAxes(order, shape.length)
    demand(order.length === shape.length, `order [${order}] does not name the ${shape.length} axes`)
    return [{ dtype, shape: order.map((axis) => shape[axis]!) }]
  },
  // ONNX Runtime is fast where few axes move: axes of size 1 are left out and axes that stay together joined
  onnx: (emit, [x], { order }, types) => {
    const joined = joinAxes(types.inputs[0]!.shape, order)
    const result = types.outputs[0]!.shape
    if (joined.order.length < 2) return reshapeNode(emit, x!, result)
    const perm = { perm: { ints: joined.order } }
    if (joined.shape.length === order.length) return emit.node('Transpose', [x!], perm)
    const [reshaped] = reshapeNode(emit, x!, joined.shape)
    const [moved] = emit.node('Transpose', [reshaped!], perm)
    return reshapeNode(emit, moved!, result)
  },
  gradient: ({ gradients, attributes }) => [
    op.transpose(
      gradients[0]!,
      attributes.order.map((_, axis) => attributes.order.indexOf(axis)),
    ),
  ],
}

/** dx of a slice: dy with step - 1 zeros after each element, at its place among zeros. */
function scatter(dy: Value, shape: readonly number[], { starts, steps }: Attributes['slice']): Value {
  let spread = dy
  steps.forEach((step, axis) => {
    if (step === 1) return
    const before = spread.shape.slice(0, axis)
    const after = spread.shape.slice(axis + 1)
    const count = spread.shape[axis]!
    const apart = op.reshape(spread, [...before, count, 1, ...after])
    const end = apart.shape.map((_, i) => (i === axis + 1 ? step - 1 : 0))
    const padded = op.reshape(
      op.pad(
        apart,
        end.map(() => 0),
        end,
      ),
      [...before, count * step, ...after],
    )
    const kept = Math.min(count * step, shape[axis]! - starts[axis]!)
    spread = op.sliceAxis(padded, axis, 0, kept)
  })
  return op.pad(
    spread,
    starts,
    shape.map((size, axis) => size - starts[axis]! - spread.shape[axis]!),
  )
}

const slice: Operator<Attributes['slice']> = {
  infer: (inputs, { starts, ends, steps }) => {
    demandFloats(inputs, 1)
    const { dtype, shape } = inputs[0]!
    const complete = [starts, ends, steps].every((list) => list.length === shape.length)
    demand(complete, `starts, ends and steps name each of the ${shape.length} axes`)
    const message = `[${starts}] to [${ends}] by [${steps}] is not inside [${shape}]`
    demandWhole([...starts, ...ends], 0, message)
    demandWhole(steps, 1, message)
    const inside = shape.every((size, i) => starts[i]! < ends[i]! && ends[i]! <= size)
    demand(inside, message)
    return [{ dtype, shape: shape.map((_, i) => Math.ceil((ends[i]! - starts[i]!) / steps[i]!)) }]
  },
  onnx: (emit, [x], { starts, ends, steps }, types) => {
    const { shape } = types.inputs[0]!
    const axes = shape.flatMap((size, i) => (starts[i] === 0 && ends[i] === size && steps[i] === 1 ? [] : [i]))
    if (axes.length === 0) return emit.node('Identity', [x!])
    const pick = (list: readonly number[]) => emit.integers(axes.map((axis) => list[axis]!))
    return emit.node('Slice', [x!, pick(starts), pick(ends), emit.integers(axes), pick(steps)])
  },
  gradient: ({ inputs, gradients, attributes }) => [scatter(gradients[0]!, inputs[0]!.shape, attributes)],
}

const pad: Operator<Attributes['pad']> = {
  infer: (inputs, { before, after }) => {
    demandFloats(inputs, 1)
    const { dtype, shape } = inputs[0]!
    const message = `[${before}] and [${after}] are not padding of ${shape.length} axes`
    demand(before.length === shape.length && after.length === shape.length, message)
    demandWhole([...before, ...after], 0, message)
    return [{ dtype, shape: shape.map((size, i) => size + before[i]! + after[i]!) }]
  },
  onnx: (emit, [x], { before, after }) =>
    [...before, ...after].every((count) => count === 0)
      ? emit.node('Identity', [x!])
      : emit.node('Pad', [x!, emit.integers([...before, ...after])]),
  gradient: ({ inputs, gradients, attributes: { before } }) => {
    const { shape } = inputs[0]!
    const ends = shape.map((size, i) => before[i]! + size)
    return [op.slice(gradients[0]!, before, ends)]
  },
}

const flip: Operator<Attributes['flip']> = {
  infer: (inputs, { axes }) => {
    demandFloats(inputs, 1)
    demandAxes(axes, inputs[0]!.shape.length)
    return [inputs[0]!]
  },
  onnx: (emit, [x], { axes }) => {
    if (axes.length === 0) return emit.node('Identity', [x!])
    const every = (value: number) => emit.integers(axes.map(() => value))
    return emit.node('Slice', [x!, every(-1), every(-(2 ** 31)), emit.integers(axes), every(-1)])
  },
  gradient: ({ gradients, attributes }) => [op.flip(gradients[0]!, attributes.axes)],
}

const concat: Operator<Attributes['concat']> = {
  infer: (inputs, { axis }) => {
    demand(inputs.length > 0, 'takes at least one input')
    demandFloats(inputs, inputs.length)
    const { dtype, shape } = inputs[0]!
    demandAxes([axis], shape.length)
    const rest = (type: { readonly shape: readonly number[] }) =>
      `${type.shape.map((size, i) => (i === axis ? '*' : size))}`
    demand(
      inputs.every((input) => rest(input) === rest(inputs[0]!)),
      `inputs differ on another axis than ${axis}`,
    )
    const total = inputs.reduce((sum, input) => sum + input.shape[axis]!, 0)
    return [{ dtype, shape: shape.map((size, i) => (i === axis ? total : size)) }]
  },
  onnx: (emit, inputs, { axis }) => emit.node('Concat', inputs, { axis: { int: axis } }),
  gradient: ({ inputs, gradients, attributes: { axis }, needs }) => {
    let start = 0
    return inputs.map((input, i) => {
      const from = start
      start += input.shape[axis]!
      return needs(i) ? op.sliceAxis(gradients[0]!, axis, from, start) : undefined
    })
  },
}

export const layout = { reshape, expand, transpose, slice, pad, flip, concat }
