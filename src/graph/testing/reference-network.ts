import type { Attributes } from '../operators/attributes.ts'
import { at, commonShape, fill, indicesOf, type NumberArray, stretched, total } from './array.ts'
import type { Reference } from './reference.ts'

function turned(x: NumberArray): NumberArray {
  const swap = (list: readonly number[]) => [...list.slice(0, -2), list.at(-1)!, list.at(-2)!]
  return fill(swap(x.shape), (index) => at(x, swap(index)))
}

const matmul: Reference<Attributes['matmul']> = ([x, y], { transposeLeft, transposeRight }) => {
  const a = transposeLeft ? turned(x!) : x!
  const b = transposeRight ? turned(y!) : y!
  const batch = commonShape([a.shape.slice(0, -2), b.shape.slice(0, -2)])
  const inner = a.shape.at(-1)!
  return [
    fill([...batch, a.shape.at(-2)!, b.shape.at(-1)!], (index) => {
      const [rest, row, column] = [index.slice(0, -2), index.at(-2)!, index.at(-1)!]
      const term = (k: number) => stretched(a, [...rest, row, k]) * stretched(b, [...rest, k, column])
      return total(Array.from({ length: inner }, (_, k) => term(k)))
    }),
  ]
}

const conv: Reference<Attributes['conv']> = ([x, w], { strides, before, after, groups }) => {
  const [outputs, inputs, ...kernel] = w!.shape as [number, number, ...number[]]
  const padded = x!.shape.slice(2).map((size, axis) => before[axis]! + size + after[axis]!)
  const size = padded.map((length, axis) => {
    let count = 0
    while (count * strides[axis]! + kernel[axis]! <= length) count += 1
    return count
  })
  const taps = indicesOf(kernel)
  return [
    fill([x!.shape[0]!, outputs, ...size], ([image, output, ...place]) => {
      const group = Math.floor((output! * groups) / outputs)
      let sum = 0
      for (let c = 0; c < inputs; c++) {
        for (const tap of taps) {
          const from = tap.map((t, axis) => place[axis]! * strides[axis]! + t - before[axis]!)
          sum += at(w!, [output!, c, ...tap]) * at(x!, [image!, group * inputs + c, ...from])
        }
      }
      return sum
    }),
  ]
}

const normalised = (inputs: readonly NumberArray[], epsilon: number): NumberArray => {
  const [x, scale, bias, mean, variance] = inputs.map((input) => input) as [NumberArray, ...NumberArray[]]
  return fill(x.shape, (index) => {
    const c = index[1]!
    const unit = (at(x, index) - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + epsilon)
    return unit * scale!.data[c]! + bias!.data[c]!
  })
}

const batchNorm: Reference<Attributes['batchNorm']> = ([x, scale, bias], { epsilon }) => {
  const indices = indicesOf(x!.shape)
  const perChannel = (element: (value: number, c: number) => number) =>
    fill([x!.shape[1]!], ([c]) => {
      const own = indices.filter((index) => index[1] === c)
      return total(own.map((index) => element(at(x!, index), c!))) / own.length
    })
  const mean = perChannel((value) => value)
  const variance = perChannel((value, c) => (value - mean.data[c]!) ** 2)
  return [normalised([x!, scale!, bias!, mean, variance], epsilon), mean, variance]
}

export const networkReference = {
  matmul,
  conv,
  batchNorm,
  normalise: ((inputs, { epsilon }) => [normalised(inputs, epsilon)]) as Reference<Attributes['normalise']>,
}
