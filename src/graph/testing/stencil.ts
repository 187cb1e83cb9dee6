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

/** How far gradient and finite difference may be apart, relative to the terms that they are made of. */
export function toleranceOf(method: Method, precision: Precision): number {
  if (method === 'smooth') return precision === 'float64' ? 1e-11 : 3e-5
  return method === 'exact' ? 1e-14 : 0
}
