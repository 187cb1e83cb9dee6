/** Arrays for the plain reference of each operator: slow and obvious. */
import type { Shape } from '../../tensor/tensor.ts'

export interface NumberArray {
  readonly shape: Shape
  readonly data: readonly number[]
}

/** All indices of a shape, the last axis fastest. */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (found, size) => found.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  )
}

/** The array whose elements a function gives. */
export function fill(shape: Shape, element: (index: readonly number[]) => number): NumberArray {
  return { shape, data: indicesOf(shape).map(element) }
}

/** An element; zero outside. */
export function at({ shape, data }: NumberArray, index: readonly number[]): number {
  if (index.some((i, axis) => i < 0 || i >= shape[axis]!)) return 0
  return data[index.reduce((offset, i, axis) => offset * shape[axis]! + i, 0)]!
}

/** The element that broadcasting puts at an index. */
export function stretched(x: NumberArray, index: readonly number[]): number {
  const own = index.slice(index.length - x.shape.length)
  return at(
    x,
    own.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
  )
}

/** Shape of several arrays stretched to each other. */
export function commonShape(shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, i) => Math.max(...shapes.map((shape) => shape[shape.length - rank + i] ?? 1)))
}

export const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
