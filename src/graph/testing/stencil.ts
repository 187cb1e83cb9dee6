import type { Method, Precision } from './subject.ts'

/** A point of a finite difference: how far along the direction, and the weight of the value there. */
export interface StencilPoint {
  readonly step: number
  readonly weight: number
}

/** Error of order h^4: (8 (f(h) - f(-h)) - (f(2 h) - f(-2 h))) / (12 h). */
const fourth = (h: number): StencilPoint[] => [
  { step: h, weight: 8 / (12 * h) },
  { step: -h, weight: -8 / (12 * h) },
  { step: 2 * h, weight: -1 / (12 * h) },
  { step: -2 * h, weight: 1 / (12 * h) },
]

/** Powers of two about where the error of the formula is that of rounding. */
const smallStep: Readonly<Record<Precision, number>> = { float64: 2 ** -10, float32: 2 ** -5 }

/** The finite difference that a method takes. */
export function stencilOf(method: Method, precision: Precision): readonly StencilPoint[] {
  if (method === 'cut') return []
  if (method !== 'exact') return fourth(smallStep[precision])
  return [
    { step: 1, weight: 0.5 },
    { step: -1, weight: -0.5 },
  ]
}

/** How far gradient and finite difference may be apart. */
export interface Tolerance {
  /** Of the sum of absolute terms of either: covers the order of the formula. */
  readonly relative: number
  /** Of the sum of absolute values before they are subtracted: covers the rounding of the function itself. */
  readonly rounding: number
}

const smooth: Readonly<Record<Precision, Tolerance>> = {
  float64: { relative: 1e-11, rounding: 2 ** -51 },
  float32: { relative: 1e-5, rounding: 2 ** -22 },
}

export function toleranceOf(method: Method, precision: Precision): Tolerance {
  return method === 'smooth' ? smooth[precision] : { relative: method === 'exact' ? 1e-14 : 0, rounding: 0 }
}
