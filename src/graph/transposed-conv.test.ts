import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../runtime/index.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { Graph, op, transposedConv } from './index.ts'
import { at, fill, type NumberArray } from './testing/array.ts'
import { whole } from './testing/domains.ts'
import { evaluate, numbersOf } from './testing/evaluate.ts'
import { fault } from './testing/judge.ts'
import { measure } from './testing/measure.ts'
import { place } from './testing/place.ts'
import { gradientOf, type Subject } from './testing/subject.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

type Case = readonly [kernel: number, stride: number, before: number, space: readonly number[], size: readonly number[]]

const cases: readonly Case[] = [
  [3, 2, 1, [3, 4], [6, 8]], // Wav2Lip: 2n, of 2n + 1 without the first
  [4, 2, 1, [3, 4], [6, 8]],
  [6, 2, 2, [3, 4], [6, 8]],
  [2, 2, 0, [3, 2], [6, 4]],
  [3, 1, 1, [3, 4], [3, 4]],
  [4, 2, 0, [2, 3], [6, 8]], // nothing cut
  [3, 2, 0, [2, 3], [5, 7]],
  [5, 3, 1, [2, 2], [7, 6]],
]

const subjectOf = ([kernel, stride, before, space, size]: Case): Subject => ({
  name: `kernel ${kernel} stride ${stride} to ${size}`,
  method: 'exact',
  dtype: 'float32',
  inputs: [
    { shape: [2, 3, ...space], domain: whole },
    { shape: [3, 2, kernel, kernel], domain: whole },
  ],
  build: ([x, w]) => [transposedConv(x!, w!, { stride, before, size })],
})

async function run(subject: Subject): Promise<{ points: readonly NumberArray[]; y: Tensor }> {
  const feeds: Record<string, Tensor> = {}
  const { points, outputs } = place(subject, new Graph(), feeds)
  const { y } = await evaluate(device, { y: outputs[0]! }, feeds)
  return { points: points.map((data, i) => ({ shape: subject.inputs[i]!.shape, data })), y: y! }
}

test.each(cases)('kernel %i, stride %i, %i cut, [%s] -> [%s]: each element adds a kernel', async (...use) => {
  const [kernel, stride, before, space, size] = use
  const subject = subjectOf(use)
  const { points, y } = await run(subject)
  const [x, w] = points as [NumberArray, NumberArray]
  const expected = fill([2, 2, ...size], ([b, o, row, column]) => {
    let sum = 0
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < space[0]!; i++) {
        for (let j = 0; j < space[1]!; j++) {
          const tap = [row! + before - stride * i, column! + before - stride * j]
          if (tap.every((t) => t >= 0 && t < kernel)) sum += at(x, [b!, c, i, j]) * at(w, [c, o!, ...tap])
        }
      }
    }
    return sum
  })
  expect(y.shape).toEqual(expected.shape)
  expect(numbersOf(y)).toEqual(expected.data)
  const measurements = await measure(device, [subject, gradientOf(subject)])
  expect(measurements.flatMap((measurement) => fault(measurement) ?? [])).toEqual([])
})

test('three strides wide it is a convolution whose channels become pixels', async () => {
  const { points, y } = await run(subjectOf([6, 2, 2, [3, 4], [6, 8]]))
  const [x, w] = points as [NumberArray, NumberArray]
  const expected = fill([2, 2, 6, 8], ([b, o, row, column]) => {
    const [i, j, phase] = [row! >> 1, column! >> 1, [row! & 1, column! & 1]] as const
    let sum = 0
    for (let c = 0; c < 3; c++) {
      for (let down = -1; down <= 1; down++) {
        for (let across = -1; across <= 1; across++) {
          // tap of the phase's own kernel of 3 x 3
          const tap = [2 - 2 * down + phase[0]!, 2 - 2 * across + phase[1]!]
          sum += at(x, [b!, c, i + down, j + across]) * at(w, [c, o!, ...tap])
        }
      }
    }
    return sum
  })
  expect(numbersOf(y)).toEqual(expected.data)
})

test('shapes that do not belong together are refused', () => {
  const graph = new Graph()
  const x = graph.input('x', 'float32', [1, 3, 4, 4])
  const w = graph.input('w', 'float32', [3, 2, 4, 4])
  const use = (size: number[], weight = w) => transposedConv(x, weight, { stride: 2, before: 1, size })
  expect(use([8, 8]).shape).toEqual([1, 2, 8, 8])
  const refused = { code: 'graph-shape', message: expect.stringContaining('transposedConv(float32[1,3,4,4]') }
  expect(() => use([12, 12])).toThrow(expect.objectContaining(refused))
  expect(() => use([8])).toThrow(expect.objectContaining(refused))
  expect(() => use([8, 8], op.transpose(w, [1, 0, 2, 3]))).toThrow(expect.objectContaining(refused))
})
