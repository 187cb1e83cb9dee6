import { UnmaskError } from '../errors.ts'
import { inputGradient } from './convolution-gradient.ts'
import { typeText, type Value } from './types.ts'

export interface TransposedOptions {
  /** Elements of the result for each of the input, along every spatial axis. */
  readonly stride: number
  /** Elements cut from the beginning of every spatial axis of the full result; from its end as many as `size` asks for. */
  readonly before: number
  /** Of the result along every spatial axis. */
  readonly size: readonly number[]
}

/**
 * Transposed convolution, the adjoint of a strided one: input element i adds its multiple of the kernel to the result
 * from element `stride` i - `before` on. A kernel that is no multiple of the stride gives neighbours different numbers of
 * summands (Odena et al. 2016, checkerboard artefacts); one of three times the stride is a sub-pixel convolution of 3 x 3
 * (Shi et al. 2016); a kernel convolved with ones of the stride's length acts as that kernel does on elements repeated.
 * @param x [B, C, ...space]
 * @param w [C, O, ...kernel]
 * @returns [B, O, ...size]
 * @throws UnmaskError `graph-shape`
 */
export function transposedConv(x: Value, w: Value, { stride, before, size }: TransposedOptions): Value {
  const space = x.shape.slice(2)
  const kernel = w.shape.slice(2)
  const after = space.map((count, i) => Math.max(0, (count - 1) * stride + kernel[i]! - before - size[i]!))
  const counts = size.map((length, i) => Math.floor((length + before + after[i]! - kernel[i]!) / stride) + 1)
  if (x.shape[1] !== w.shape[0] || `${counts}` !== `${space}`) {
    const call = `transposedConv(${typeText(x)}, ${typeText(w)})`
    throw new UnmaskError('graph-shape', `${call}: by ${stride} with ${before} cut, this does not give [${size}]`)
  }
  const every = (count: number) => space.map(() => count)
  const attributes = { strides: every(stride), before: every(before), after, groups: 1 }
  return inputGradient(x, w, [x.shape[0]!, w.shape[1]!, ...size], attributes)
}
