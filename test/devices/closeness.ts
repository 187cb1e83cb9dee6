import type { Tensor } from '../../src/tensor/tensor.ts'

/** A distance of two tensors; infinite where there is no number, no tensor or another shape. */
export type Distance = (given: Tensor | undefined, wanted: Tensor) => number

/** The largest difference of two elements. */
export const largestDifference: Distance = (given, wanted) => {
  return differences(given, wanted).reduce((largest, one) => Math.max(largest, one), 0)
}

/** Euclidean distance as a share of the wanted tensor's length. */
export const relativeDistance: Distance = (given, wanted) => {
  const distance = Math.hypot(...differences(given, wanted))
  return distance === 0 ? 0 : distance / Math.hypot(...numbers(wanted))
}

/** How many elements differ by as much as `bound` or more. */
export const countBeyond = (given: Tensor | undefined, wanted: Tensor, bound: number): number => {
  return differences(given, wanted).filter((one) => one >= bound).length
}

const numbers = ({ data }: Tensor) => Array.from(data, Number)

function differences(given: Tensor | undefined, wanted: Tensor): number[] {
  if (`${given?.shape}` !== `${wanted.shape}`) return [Number.POSITIVE_INFINITY]
  const values = numbers(given!)
  return numbers(wanted).map((value, i) => {
    const difference = Math.abs(value - values[i]!)
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
  })
}
