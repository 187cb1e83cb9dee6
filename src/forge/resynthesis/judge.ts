import { op, type Value } from '../../graph/index.ts'
import { addBias } from '../../network/layers.ts'
import type { Initial, Scope } from '../../network/scope.ts'

/** Channels of its layers, each at half the resolution of the one before. */
const widths = [24, 48, 64]

const slope = 0.2

export interface JudgeOptions {
  /** Whether its weights are taken as they are: what it says then teaches others, not itself. */
  readonly fixed: boolean
}

/**
 * A judge of patches (Isola et al. 2017): of each how real it looks, positive for real.
 * @param faces [B, 3, size, size]
 * @returns [B, 1, rows, columns], one patch each
 */
export function judge(scope: Scope, faces: Value, { fixed }: JudgeOptions): Value {
  const own = (value: Value) => (fixed ? op.stopGradient(value) : value)
  const layer = (name: string, x: Value, outputs: number, stride: number) => {
    const inputs = x.shape[1]!
    const initial: Initial = { kind: 'normal', deviation: Math.sqrt(2 / (16 * inputs)) }
    const w = scope.parameter(`judge.${name}.weight`, [outputs, inputs, 4, 4], 'auxiliary', initial)
    const bias = scope.parameter(`judge.${name}.bias`, [outputs], 'auxiliary', { kind: 'constant', value: 0 })
    const y = op.conv(x, own(w), { strides: [stride, stride], before: [1, 1], after: [1, 1] })
    return addBias(y, own(bias))
  }
  const features = widths.reduce((x, outputs, i) => op.leakyRelu(layer(`${i}`, x, outputs, 2), slope), faces)
  return layer('patches', features, 1, 1)
}
