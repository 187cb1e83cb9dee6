import { expect, test } from 'vitest'
import { Graph, toOnnx } from '../graph/index.ts'
import { openDevice } from '../runtime/index.ts'
import { float32 } from '../tensor/tensor.ts'
import { maskLoss } from './losses.ts'

test.each([
  ['all is known', [0, 0.25, 1, 0.5]],
  ['of some cells nothing is known', [0, -1, 1, -1]],
  ['nothing is known', [-1, -1, -1, -1]],
])('the loss on the forged area is the mean cross entropy of known cells: %s', async (_, target) => {
  const logits = [-1.5, 0.2, 3, -40]
  const graph = new Graph()
  const loss = maskLoss(graph.input('logits', 'float32', [4]), graph.input('target', 'float32', [4]))
  await using device = await openDevice({ device: 'cpu', threads: 1 })
  const program = await device.compile(toOnnx({ loss }))
  const result = await program.run({ logits: float32([4], logits), target: float32([4], target) })
  const losses = logits.flatMap((logit, i) => {
    const share = target[i]!
    const fake = 1 / (1 + Math.exp(-logit))
    return share < 0 ? [] : [-share * Math.log(fake) - (1 - share) * Math.log(1 - fake)]
  })
  const mean = losses.reduce((sum, each) => sum + each, 0) / Math.max(1, losses.length)
  expect(result.loss!.shape).toEqual([])
  expect(Number(result.loss!.data[0])).toBeCloseTo(mean, 5)
})
