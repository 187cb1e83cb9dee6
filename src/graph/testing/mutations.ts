/** Mistakes that a gradient rule may make, done to a right gradient. The checker must notice each. */
type Mutation = (gradient: readonly number[]) => number[]

const largest = (gradient: readonly number[]) =>
  gradient.reduce((best, value, at) => (Math.abs(value) > Math.abs(gradient[best]!) ? at : best), 0)

const changeLargest = (change: (value: number) => number): Mutation => {
  return (gradient) => gradient.with(largest(gradient), change(gradient[largest(gradient)]!))
}

/** For gradients that are not zero. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'one per cent too large': (gradient) => gradient.map((value) => value * 1.01),
  'of the opposite sign': (gradient) => gradient.map((value) => -value),
  'one element of the opposite sign': changeLargest((value) => -value),
  'one element lost': changeLargest(() => 0),
  'one element counted twice': changeLargest((value) => 2 * value),
  'not a number in one element': changeLargest(() => Number.NaN),
  zero: (gradient) => gradient.map(() => 0),
}

/** For gradients that are zero. */
export const mutationsOfZero: Readonly<Record<string, Mutation>> = {
  'one element not zero': (gradient) => gradient.with(-1, 1e-9),
}
