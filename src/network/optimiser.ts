import { op, type Value } from '../graph/index.ts'
import { float32, type Tensor } from '../tensor/tensor.ts'
import type { Group } from './scope.ts'

/** AdamW's constants (Loshchilov and Hutter 2019) with PyTorch's defaults. */
export interface AdamW {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

export const defaultAdamW: AdamW = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }

/** What one step is fed besides data. */
export interface StepRates {
  /** Number of this step, from 1. */
  readonly step: number
  /** Learning rate, for all groups or each. */
  readonly rate: number | Readonly<Partial<Record<Group, number>>>
  /** Decoupled weight decay. */
  readonly decay: number
}

/**
 * One AdamW update as a graph. The moments are kept without their factors (1 - beta), which saves two passes over all
 * parameters: M = beta1 M + g and V = beta2 V + g^2, so that m = (1 - beta1) M and v = (1 - beta2) V. All that changes
 * with the step is fed as scalars:
 *   w' = keep w - pace M' / (sqrt(V') + floor)
 */
export function adamW(w: Value, gradient: Value, m: Value, v: Value, group: Group, scalars: Scalars, adam: AdamW) {
  const moment1 = op.add(op.mul(m, adam.beta1), gradient)
  const moment2 = op.add(op.mul(v, adam.beta2), op.square(gradient))
  const change = op.div(op.mul(moment1, scalars.pace(group)), op.add(op.sqrt(moment2), scalars.floor))
  return { weight: op.sub(op.mul(w, scalars.keep(group)), change), moment1, moment2 }
}

/** Exponential average: moves towards the new value by what it does not keep. */
export function averaged(average: Value, next: Value, keep: Value): Value {
  return op.add(next, op.mul(op.sub(average, next), keep))
}

/** The scalar inputs of a step. */
export interface Scalars {
  readonly pace: (group: Group) => Value
  readonly keep: (group: Group) => Value
  readonly floor: Value
}

/** Declares the scalar inputs in a graph. */
export function scalarInputs(like: Value): Scalars {
  const { graph } = like
  const known = new Map<string, Value>()
  const input = (name: string) => {
    const value = known.get(name) ?? graph.input(name, 'float32', [])
    known.set(name, value)
    return value
  }
  return {
    pace: (group) => input(`pace.${group}`),
    keep: (group) => input(`keep.${group}`),
    floor: input('floor'),
  }
}

/** Feeds for the scalar inputs of the groups that learn, computed in double precision. */
export function scalarFeeds(
  { step, rate, decay }: StepRates,
  learning: readonly Group[],
  adam: AdamW,
): Record<string, Tensor> {
  const correction1 = (1 - adam.beta1 ** step) / (1 - adam.beta1)
  const correction2 = Math.sqrt((1 - adam.beta2 ** step) / (1 - adam.beta2))
  const feeds: Record<string, Tensor> = { floor: float32([], [adam.epsilon * correction2]) }
  for (const group of learning) {
    const own = typeof rate === 'number' ? rate : (rate[group] ?? 0)
    feeds[`pace.${group}`] = float32([], [(own * correction2) / correction1])
    feeds[`keep.${group}`] = float32([], [1 - own * decay])
  }
  return feeds
}

/** Euclidean norm of all gradients together; each as a dot product, which makes no copy. */
export function globalNorm(gradients: readonly Value[]): Value {
  const squares = gradients.map((gradient) => {
    const size = op.count(gradient)
    return op.reshape(op.matmul(op.reshape(gradient, [1, size]), op.reshape(gradient, [size, 1])), [])
  })
  return op.sqrt(squares.reduce(op.add))
}

/** Scales gradients down to a global norm (Pascanu et al. 2013), as torch.nn.utils.clip_grad_norm_. */
export function clipByNorm(gradients: readonly Value[], norm: Value, limit: number): Value[] {
  const scale = op.clip(op.div(limit, op.add(norm, 1e-6)), 0, 1)
  return gradients.map((gradient) => op.mul(gradient, scale))
}
