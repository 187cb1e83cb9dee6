import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../runtime/index.ts'
import { Random } from '../tensor/random.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { Graph, gradients, op, temporalConv, type Value } from './index.ts'
import { evaluate, numbersOf } from './testing/evaluate.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

// Whole tiles of four frames, one frame more or less, and fewer than a tile.
test.each([1, 2, 3, 4, 5, 7, 8, 9])(
  'agrees with the plain convolution over %i frames, gradients too',
  async (frames) => {
    const random = new Random(frames)
    const graph = new Graph()
    const feeds: Record<string, Tensor> = {}
    const input = (name: string, shape: readonly number[]) => {
      feeds[name] = random.normalTensor(shape)
      return graph.input(name, 'float32', shape)
    }
    const outputs: Record<string, Value> = {}
    for (const kernel of [
      [1, 1],
      [3, 3],
      [5, 1],
    ] as const) {
      const x = input(`x ${kernel}`, [2, 3, frames, 5, 4])
      const w = input(`w ${kernel}`, [4, 3, 3, ...kernel])
      const seed = input(`seed ${kernel}`, [2, 4, frames, 5, 4])
      const side = [1, ...kernel.map((size) => (size - 1) / 2)]
      const plain = op.conv(x, w, { strides: [1, 1, 1], before: side, after: side })
      const fast = temporalConv(x, w)
      Object.entries({ plain, fast }).forEach(([name, y]) => {
        const [dx, dw] = gradients([y], [x, w], [seed])
        Object.assign(outputs, {
          [`y ${kernel} ${name}`]: y,
          [`dx ${kernel} ${name}`]: dx,
          [`dw ${kernel} ${name}`]: dw,
        })
      })
    }
    const results = await evaluate(device, outputs, feeds)
    const plain = Object.keys(outputs).filter((name) => name.endsWith('plain'))
    expect(plain).toHaveLength(9)
    for (const name of plain) {
      const [own, other] = [numbersOf(results[name]!), numbersOf(results[name.replace('plain', 'fast')]!)]
      const scale = Math.max(...own.map(Math.abs))
      expect(Math.max(...own.map((value, i) => Math.abs(value - other[i]!))) / scale, name).toBeLessThan(1e-5)
    }
  },
)
