import type { Shape } from '../../tensor/tensor.ts'
import type { NoAttributes } from '../operators/attributes.ts'
import type { Case, Checks, ChecksOf } from './case.ts'
import { type Domain, positive, real, uniform } from './domains.ts'
import type { Method } from './subject.ts'

const shapes: readonly Shape[] = [[2, 3, 2], [1], []]

const unary = (method: Method, domain?: Domain): Checks<NoAttributes> => ({
  method,
  ...(domain && { domain }),
  cases: shapes.map((shape) => ({ shapes: [shape], attributes: {} })),
})

/** Stretched on either side, on both, in the rank; scalars; one value as both operands. */
const pairs: readonly (readonly [Shape, Shape])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 3],
    [1, 3],
  ],
  [
    [2, 1],
    [2, 3],
  ],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[3], [2, 2, 3]],
  [[], [2, 2]],
  [[2, 2], []],
  [[], []],
  [
    [1, 1],
    [1, 1],
  ],
]

const binary = (method: Method, domains?: readonly Domain[]): Checks<NoAttributes> => ({
  method,
  cases: [
    ...pairs.map((pair): Case<NoAttributes> => ({ shapes: pair, attributes: {}, ...(domains && { domains }) })),
    { shapes: [[2, 3]], attributes: {}, wiring: [0, 0], ...(domains && { domains: [domains.at(-1)!] }) },
  ],
})

const limits = { low: -0.5, high: 0.75 }
const apart = uniform(-2, 2, [limits.low, limits.high])
const limited = [
  { shapes: [[3, 5]], attributes: limits },
  { shapes: [[12]], attributes: { low: -Infinity, high: limits.high } },
  { shapes: [[12]], attributes: { low: limits.low, high: Infinity } },
  { shapes: [[5]], attributes: { low: -Infinity, high: Infinity } },
  { shapes: [[]], attributes: limits },
] as const

type Elementwise =
  | ('neg' | 'abs' | 'exp' | 'log' | 'sqrt' | 'relu' | 'sigmoid' | 'tanh' | 'erf' | 'gelu')
  | ('leakyRelu' | 'clip' | 'between' | 'stopGradient' | 'add' | 'sub' | 'mul' | 'div')

export const elementwiseChecks: ChecksOf<Elementwise> = {
  neg: unary('exact'),
  abs: unary('smooth', uniform(-2, 2, [0])),
  exp: unary('smooth'),
  log: unary('smooth', positive),
  sqrt: unary('smooth', positive),
  relu: unary('smooth', uniform(-2, 2, [0])),
  sigmoid: unary('smooth'),
  tanh: unary('smooth'),
  // the engine has the error function in float32 only
  erf: { ...unary('smooth'), dtype: 'float32' },
  gelu: { ...unary('smooth', uniform(-3, 3)), dtype: 'float32' },
  // the engine has it in float32 only
  leakyRelu: {
    method: 'smooth',
    domain: uniform(-2, 2, [0]),
    dtype: 'float32',
    cases: shapes.flatMap((shape) => [0.1, 1.5, -0.5].map((slope) => ({ shapes: [shape], attributes: { slope } }))),
  },
  clip: { method: 'smooth', domain: apart, cases: limited },
  between: { method: 'flat', domain: apart, cases: limited },
  stopGradient: unary('cut'),
  add: binary('exact'),
  sub: binary('exact'),
  mul: binary('exact'),
  div: binary('smooth', [real, positive]),
}
