import type { Shape } from '../../tensor/tensor.ts'
import { gradients } from '../gradients.ts'
import { Graph } from '../graph.ts'
import type { Value } from '../types.ts'
import { type Domain, signed, whole } from './domains.ts'

/**
 * What a gradient is held against.
 * - `smooth`: central differences with a small step
 * - `exact`: central differences with step 1 on whole numbers, for functions at most quadratic in each argument: this is
 *   the derivative itself, without rounding. For a linear f it is the adjoint test <f(d), s> = <d, f^T(s)>.
 * - `flat`: central differences, and the gradient is exactly zero
 * - `cut`: nothing but that the gradient is exactly zero
 */
export type Method = 'smooth' | 'exact' | 'flat' | 'cut'

/** float64 wherever the engine's CPU has the operator in float64. */
export type Precision = 'float64' | 'float32'

export interface SubjectInput {
  readonly shape: Shape
  readonly domain: Domain
}

/** A function of tensors whose gradient is checked. */
export interface Subject {
  /** Unique among those that are measured together. */
  readonly name: string
  readonly method: Method
  readonly dtype: Precision
  readonly inputs: readonly SubjectInput[]
  readonly build: (inputs: readonly Value[]) => readonly Value[]
  /** Stands in for `gradients` where the checker itself is put to the test. */
  readonly differentiate?: typeof gradients
}

/** A function's gradient as a function of its inputs and of seeds: checking that checks second derivatives. */
export function gradientOf(subject: Subject): Subject {
  const scratch = new Graph()
  const values = subject.build(subject.inputs.map(({ shape }, i) => scratch.input(`${i}`, subject.dtype, shape)))
  const domain = subject.method === 'exact' ? whole : signed
  return {
    ...subject,
    name: `gradient of ${subject.name}`,
    inputs: [...subject.inputs, ...values.map(({ shape }) => ({ shape, domain }))],
    build: (inputs) => {
      const own = inputs.slice(0, subject.inputs.length)
      return gradients(subject.build(own), own, inputs.slice(own.length))
    },
  }
}
