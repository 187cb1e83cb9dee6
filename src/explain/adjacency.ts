import type { Model } from '../network/model-file.ts'
import { leastDegree } from '../network/relation.ts'

/**
 * How a network spreads what it knows of one region to others, as `laplacian` has it of the learnt relations:
 * D^-1/2 (A + I)^T D^-1/2.
 * @returns [i][j]: how much region i takes from region j; null where the network has no graph
 */
export function normalisedAdjacency({ config, weights }: Model): number[][] | null {
  const edges = weights.edges
  if (!edges) return null
  const count = config.attention.regions
  const withSelf = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => Number(edges.data[i * count + j]) + (i === j ? 1 : 0)),
  )
  const scales = withSelf.map((row) => {
    const degree = row.reduce((sum, value) => sum + value, 0)
    return degree > leastDegree ? 1 / Math.sqrt(degree) : 0
  })
  return scales.map((to, i) => scales.map((from, j) => withSelf[j]![i]! * to * from))
}
