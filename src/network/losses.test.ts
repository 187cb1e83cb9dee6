import { expect, test } from 'vitest'
import { Graph, toOnnx } from '../graph/index.ts'
import { openDevice } from '../runtime/index.ts'
import { float32 } from '../tensor/tensor.ts'
import { areaLoss } from './losses.ts'

const logits = [
  [-1.5, 0.2, 3, -40],
  [0.5, -2, -1, 30],
]
const threshold = -2

test.each([
  ['all is known', [0, 0.25, 1, 0.5], [0, 0, 0, 0]],
  ['of one frame nothing is known', [0, 0.5, 1, 0], [-1, -1, -1, -1]],
  ['nothing is known', [-1, -1, -1, -1], [-1, -1, -1, -1]],
])('the loss on the forged area is the mean over frames, as far as is known: %s', async (_, ...target) => {
  const graph = new Graph()
  const loss = areaLoss(graph.input('logits', 'float32', [2, 4]), graph.input('target', 'float32', [2, 4]), threshold)
  await using device = await openDevice({ device: 'cpu', threads: 1 })
  const program = await device.compile(toOnnx({ loss }))
  const result = await program.run({ logits: float32([2, 4], logits.flat()), target: float32([2, 4], target.flat()) })
  const losses = logits.map((cells, frame) => {
    if (target[frame]![0]! < 0) {
      const largest = Math.log(mean(cells.map(Math.exp)))
      return Math.log(1 + Math.exp(threshold - largest))
    }
    return mean(cells.map((logit, i) => Math.log(1 + Math.exp(logit)) - logit * target[frame]![i]!))
  })
  expect(result.loss!.shape).toEqual([])
  expect(Number(result.loss!.data[0])).toBeCloseTo(mean(losses), 5)
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
