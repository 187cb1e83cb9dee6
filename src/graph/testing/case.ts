import type { Shape } from '../../tensor/tensor.ts'
import type { Attributes, OperatorName } from '../operators/attributes.ts'
import { type Domain, real, whole } from './domains.ts'
import type { Method, Precision, Subject } from './subject.ts'

/** One use of an operator. */
export interface Case<A> {
  /** One for each fed value. */
  readonly shapes: readonly Shape[]
  readonly attributes: A
  /** Which fed value stands at each of the operator's inputs (default: each at its own). */
  readonly wiring?: readonly number[]
  /** Where the fed values are drawn from, if not all as the method says. */
  readonly domains?: readonly Domain[]
  /** Which of the outputs are differentiated (default: all). */
  readonly objectives?: readonly number[]
  /** If not the operator's. */
  readonly dtype?: Precision
}

/** How the gradient of an operator is checked, and on what. */
export interface Checks<A> {
  readonly method: Method
  readonly dtype?: Precision
  readonly domain?: Domain
  readonly cases: readonly Case<A>[]
}

/** Checks of some operators of the table. */
export type ChecksOf<K extends OperatorName> = { readonly [Name in K]: Checks<Attributes[Name]> }

/** A case as something that can be measured. */
export function subjectOf<K extends OperatorName>(operator: K, checks: Checks<Attributes[K]>, index: number): Subject {
  const { method, domain = method === 'exact' ? whole : real } = checks
  const chosen = checks.cases[index]!
  const { shapes, attributes, wiring, domains, objectives } = chosen
  const dtype = chosen.dtype ?? checks.dtype ?? 'float64'
  const shapeText = shapes.map((shape) => `[${shape}]`).join(' ')
  return {
    name: `${operator} ${index} ${dtype} ${shapeText} ${JSON.stringify(attributes)}${objectives ? ` outputs ${objectives}` : ''}`,
    method,
    dtype,
    inputs: shapes.map((shape, i) => ({ shape, domain: domains?.[i] ?? domain })),
    build: (inputs) => {
      const outputs = inputs[0]!.graph.apply(operator, wiring?.map((i) => inputs[i]!) ?? inputs, attributes)
      return objectives?.map((i) => outputs[i]!) ?? outputs
    },
  }
}
