/** Attributes of an operator that has none. */
export type NoAttributes = Readonly<Record<string, never>>

type Integers = readonly number[]

/**
 * The operators of the graph language and their attributes. Everything else (softmax, mean, norms, losses) is composed
 * of these. An entry here without one in the operator table does not compile.
 */
export interface Attributes {
  // one input, elementwise
  neg: NoAttributes
  abs: NoAttributes
  exp: NoAttributes
  log: NoAttributes
  sqrt: NoAttributes
  relu: NoAttributes
  sigmoid: NoAttributes
  tanh: NoAttributes
  erf: NoAttributes
  gelu: NoAttributes
  /** x where x > 0, else slope x. */
  leakyRelu: { readonly slope: number }
  /** Limits to [low, high]. */
  clip: { readonly low: number; readonly high: number }
  /** 1 where low < x < high, else 0. */
  between: { readonly low: number; readonly high: number }
  /** Passes its input on and stops the gradient. */
  stopGradient: NoAttributes
  // two inputs, elementwise with broadcasting
  add: NoAttributes
  sub: NoAttributes
  mul: NoAttributes
  div: NoAttributes
  // reductions; the reduced axes stay with size 1
  sum: { readonly axes: Integers }
  mean: { readonly axes: Integers }
  max: { readonly axes: Integers }
  // layout
  reshape: { readonly shape: Integers }
  expand: { readonly shape: Integers }
  transpose: { readonly order: Integers }
  /** Elements start, start + step, ... below end, on every axis. */
  slice: { readonly starts: Integers; readonly ends: Integers; readonly steps: Integers }
  /** Zeros before and after, on every axis. */
  pad: { readonly before: Integers; readonly after: Integers }
  flip: { readonly axes: Integers }
  concat: { readonly axis: number }
  // linear algebra and the network
  matmul: { readonly transposeLeft?: boolean; readonly transposeRight?: boolean }
  /** x [B, C, ...space], w [O, C / groups, ...kernel]; zero padding. */
  conv: {
    readonly strides: Integers
    readonly before: Integers
    readonly after: Integers
    readonly groups: number
  }
  /** x [B, C, ...], scale [C], bias [C] -> y, batch mean [C], population variance [C]. */
  batchNorm: { readonly epsilon: number }
  /** x [B, C, ...], scale, bias, mean, variance [C] -> y. */
  normalise: { readonly epsilon: number }
}

export type OperatorName = keyof Attributes
