import type { Attributes, OperatorName } from '../operators/attributes.ts'
import { at, commonShape, fill, indicesOf, type NumberArray, stretched, total } from './array.ts'
import { networkReference } from './reference-network.ts'

/** What an operator means. */
export type Reference<A> = (inputs: readonly NumberArray[], attributes: A) => readonly NumberArray[]

const map =
  <A>(f: (x: number, attributes: A) => number): Reference<A> =>
  ([x], attributes) => [{ shape: x!.shape, data: x!.data.map((value) => f(value, attributes)) }]

const zip =
  (f: (x: number, y: number) => number): Reference<unknown> =>
  ([x, y]) => [fill(commonShape([x!.shape, y!.shape]), (index) => f(stretched(x!, index), stretched(y!, index)))]

const gather =
  (f: (values: readonly number[]) => number): Reference<{ readonly axes: readonly number[] }> =>
  ([x], { axes }) => {
    const within = indicesOf(x!.shape.map((size, axis) => (axes.includes(axis) ? size : 1)))
    const shape = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    const place = (index: readonly number[]) => f(within.map((offset) => at(x!, index.map((i, axis) => i + offset[axis]!)))) // biome-ignore format: one line
    return [fill(shape, place)]
  }

/** The series about 0: for |x| up to 3 it loses four digits of sixteen. */
export function erf(x: number): number {
  let [term, sum] = [x, x]
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

/** The meaning of every operator of the table. */
export const reference: { readonly [K in OperatorName]: Reference<Attributes[K]> } = {
  neg: map((x) => -x),
  abs: map(Math.abs),
  exp: map(Math.exp),
  log: map(Math.log),
  sqrt: map(Math.sqrt),
  relu: map((x) => Math.max(0, x)),
  sigmoid: map((x) => 1 / (1 + Math.exp(-x))),
  tanh: map(Math.tanh),
  erf: map(erf),
  gelu: map((x) => (x * (1 + erf(x / Math.SQRT2))) / 2),
  leakyRelu: map((x, { slope }) => (x > 0 ? x : slope * x)),
  clip: map((x, { low, high }) => Math.min(high, Math.max(low, x))),
  between: map((x, { low, high }) => (low < x && x < high ? 1 : 0)),
  stopGradient: map((x) => x),
  add: zip((x, y) => x + y),
  sub: zip((x, y) => x - y),
  mul: zip((x, y) => x * y),
  div: zip((x, y) => x / y),
  sum: gather(total),
  mean: gather((values) => total(values) / values.length),
  max: gather((values) => Math.max(...values)),
  reshape: ([x], { shape }) => [{ shape, data: x!.data }],
  expand: ([x], { shape }) => [fill(shape, (index) => stretched(x!, index))],
  transpose: ([x], { order }) => {
    const shape = order.map((axis) => x!.shape[axis]!)
    return [fill(shape, (index) => at(x!, index.map((_, axis) => index[order.indexOf(axis)]!)))] // biome-ignore format: one line
  },
  slice: ([x], { starts, ends, steps }) => {
    const shape = starts.map((start, axis) => {
      let count = 0
      for (let i = start; i < ends[axis]!; i += steps[axis]!) count += 1
      return count
    })
    return [fill(shape, (index) => at(x!, index.map((i, axis) => starts[axis]! + i * steps[axis]!)))] // biome-ignore format: one line
  },
  pad: ([x], { before, after }) => {
    const shape = x!.shape.map((size, axis) => before[axis]! + size + after[axis]!)
    return [fill(shape, (index) => at(x!, index.map((i, axis) => i - before[axis]!)))] // biome-ignore format: one line
  },
  flip: ([x], { axes }) => [
    fill(x!.shape, (index) => at(x!, index.map((i, axis) => (axes.includes(axis) ? x!.shape[axis]! - 1 - i : i)))), // biome-ignore format: one line
  ],
  concat: (inputs, { axis }) => {
    const lengths = inputs.map(({ shape }) => shape[axis]!)
    return [
      fill(inputs[0]!.shape.with(axis, total(lengths)), (index) => {
        let [input, i] = [0, index[axis]!]
        while (i >= lengths[input]!) i -= lengths[input++]!
        return at(inputs[input]!, index.with(axis, i))
      }),
    ]
  },
  ...networkReference,
}
