/** A generator by its definition, element by element. */
import type { Weights } from '../../../network/weights.ts'
import type { GeneratorShape } from '../shapes.ts'

/** An element of channel, row and column; 0 outside, but where said otherwise. */
type Element = (c: number, row: number, column: number) => number

interface Maps {
  readonly channels: number
  readonly size: number
  readonly at: Element
}

function computed(channels: number, size: number, element: Element): Maps {
  const data = new Float64Array(channels * size * size)
  for (let i = 0; i < data.length; i++) {
    data[i] = element(Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size)
  }
  const inside = (place: number) => place >= 0 && place < size
  const at: Element = (c, row, column) =>
    c < channels && inside(row) && inside(column) ? data[(c * size + row) * size + column]! : 0
  return { channels, size, at }
}

const leaky = ({ channels, size, at }: Maps) => computed(channels, size, (...place) => Math.max(at(...place), 0.1 * at(...place))) // biome-ignore format: one line

/** A weight and the step from the result's place to the element that it multiplies. */
type Tap = readonly [weight: number, c: number, down: number, across: number]

function summed(
  size: number,
  outputs: number,
  bias: ArrayLike<unknown>,
  x: Element,
  taps: (o: number, row: number, column: number) => Tap[],
): Maps {
  // biome-ignore format: one line
  return computed(outputs, size, (o, row, column) =>
    taps(o, row, column).reduce((sum, [weight, c, i, j]) => sum + weight * x(c, i, j), Number(bias[o])),
  )
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Weights [O, C, k, k]; the kernel begins `before` elements before the place. */
function convolved(x: Maps, weights: Weights, name: string, stride: number, before: number): Maps {
  const { shape, data } = weights[`${name}.weight`]!
  const [outputs, inputs, kernel] = shape as [number, number, number]
  return summed(x.size / stride, outputs, weights[`${name}.bias`]!.data, x.at, (o, row, column) =>
    range(inputs * kernel ** 2).map((tap) => {
      const [c, i, j] = [Math.floor(tap / kernel ** 2), Math.floor(tap / kernel) % kernel, tap % kernel]
      return [Number(data[o * inputs * kernel ** 2 + tap]), c, stride * row + i - before, stride * column + j - before]
    }),
  )
}

/** Weights [C, O, k, k]: each element adds its multiple of the kernel, two places further than the one before. */
function transposed(x: Maps, weights: Weights, name: string, before: number): Maps {
  const { shape, data } = weights[`${name}.weight`]!
  const [inputs, outputs, kernel] = shape as [number, number, number]
  return summed(2 * x.size, outputs, weights[`${name}.bias`]!.data, x.at, (o, row, column) =>
    range(inputs * kernel ** 2).flatMap((tap): Tap[] => {
      const [c, i, j] = [Math.floor(tap / kernel ** 2), Math.floor(tap / kernel) % kernel, tap % kernel]
      const [down, across] = [(row + before - i) / 2, (column + before - j) / 2]
      const isPlace = Number.isInteger(down) && Number.isInteger(across)
      return isPlace ? [[Number(data[((c * outputs + o) * kernel + i) * kernel + j]), c, down, across]] : []
    }),
  )
}

/** A convolution of 3 x 3 of elements twice as dense, by weights [C, O, 3, 3] that stand the other way round. */
function convolvedDense(dense: Element, size: number, weights: Weights, name: string): Maps {
  const { shape, data } = weights[`${name}.weight`]!
  const [inputs, outputs] = shape as [number, number]
  return summed(size, outputs, weights[`${name}.bias`]!.data, dense, (o, row, column) =>
    range(inputs * 9).map((tap) => {
      const [c, i, j] = [Math.floor(tap / 9), Math.floor(tap / 3) % 3, tap % 3]
      return [Number(data[(c * outputs + o) * 9 + 3 * i + j]), c, row + 1 - i, column + 1 - j]
    }),
  )
}

const repeated =
  ({ at }: Maps): Element =>
  (c, row, column) =>
    at(c, row >> 1, column >> 1)

/** Three quarters of the nearest element, a quarter of the next one. */
function interpolated({ at }: Maps): Element {
  const parts = (place: number) => [
    [place >> 1, 0.75] as const,
    [(place >> 1) + (place % 2 === 0 ? -1 : 1), 0.25] as const,
  ]
  return (c, row, column) => {
    let sum = 0
    for (const [i, down] of parts(row)) for (const [j, across] of parts(column)) sum += down * across * at(c, i, j)
    return sum
  }
}

function doubled(x: Maps, weights: Weights, name: string, upsampling: GeneratorShape['upsampling']): Maps {
  if (upsampling === 'nearest') return convolvedDense(repeated(x), 2 * x.size, weights, name)
  if (upsampling === 'bilinear') return convolvedDense(interpolated(x), 2 * x.size, weights, name)
  return transposed(x, weights, name, upsampling === 'shuffle' ? 2 : 1)
}

/** @param face [3, size, size] @returns the same */
export function slowGenerate(shape: GeneratorShape, weights: Weights, face: ArrayLike<number>): Float64Array {
  const { size, encoder, decoder, upsampling } = shape
  const seen = computed(3, size, (c, row, column) => face[(c * size + row) * size + column]!)
  const coded = encoder.reduce((x, _, level) => leaky(convolved(x, weights, `encoder.${level}`, 2, 1)), seen)
  const count = 2 ** encoder.length
  const small = computed(3, size / count, (c, row, column) => {
    const places = range(count ** 2).map((i) => [row * count + Math.floor(i / count), column * count + (i % count)])
    return places.reduce((sum, [i, j]) => sum + seen.at(c, i!, j!), 0) / count ** 2
  })
  const code = convolved(coded, weights, 'code', 1, 0)
  const joined = computed(3 + code.channels, code.size, (c, ...place) => (c < 3 ? small.at(c, ...place) : code.at(c - 3, ...place))) // biome-ignore format: one line
  const wide = leaky(convolved(joined, weights, 'decoder', 1, 1))
  const large = decoder
    .slice(1)
    .reduce((x, _, level) => leaky(doubled(x, weights, `decoder.${level}`, upsampling)), wide)
  const detail = convolved(large, weights, 'output', 1, 1)
  const last = small.size - 1
  const weightsAt = (place: number) => {
    const exact = Math.min(Math.max((place + 0.5) / count - 0.5, 0), last)
    const first = Math.floor(exact)
    return [[first, 1 - (exact - first)] as const, [Math.min(first + 1, last), exact - first] as const]
  }
  return Float64Array.from({ length: 3 * size ** 2 }, (_, i) => {
    const [c, row, column] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size] as const
    let sum = detail.at(c, row, column)
    for (const [y, down] of weightsAt(row))
      for (const [x, across] of weightsAt(column)) sum += down * across * small.at(c, y, x)
    return sum
  })
}
