import type { Shape } from '../../tensor/tensor.ts'
import type { ChecksOf } from './case.ts'
import { positive, real } from './domains.ts'

const shapes: readonly Shape[] = [
  [6, 2],
  [2, 3, 4],
  [2, 3, 2, 2],
  [1, 2, 2, 1, 4],
]

/** y, mean and variance are all differentiable, alone and together. */
const objectives = [[0, 1, 2], [0], [1], [2], [1, 2], [0, 2], [2, 0, 1]]

// A power of two: the engine keeps it in float32.
const attributes = { epsilon: 2 ** -5 }

export const normalisationChecks: ChecksOf<'batchNorm' | 'normalise'> = {
  batchNorm: {
    method: 'smooth',
    cases: shapes.flatMap((x) => objectives.map((chosen) => ({ shapes: [x, [x[1]!], [x[1]!]], attributes, objectives: chosen }))), // biome-ignore format: one line
  },
  normalise: {
    method: 'smooth',
    cases: shapes.map((x) => ({
      shapes: [x, ...Array.from({ length: 4 }, () => [x[1]!])],
      attributes,
      domains: [real, real, real, real, positive],
    })),
  },
}
