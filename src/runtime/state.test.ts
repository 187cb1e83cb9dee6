import { expect, test } from 'vitest'
import { Graph, op, toOnnx } from '../graph/index.ts'
import { float32, tensor } from '../tensor/tensor.ts'
import { openDevice } from './index.ts'
import { descent, descentOptions } from './testing.ts'

const g = float32([2], [1, -1])

test('updates replace the state, run by run, and are not returned', async () => {
  await using device = await openDevice({ device: 'cpu' })
  await using step = await device.compile(descent(2), descentOptions)
  await device.write({ w: float32([2], [1, 2]), other: float32([1], [5]) })
  let expected = Float32Array.of(1, 2)
  for (let i = 0; i < 5; i++) {
    expected = expected.map((w, j) => w - Math.fround(g.data[j]! * Math.fround(0.1)))
    const outputs = await step.run({ g })
    expect(Object.keys(outputs)).toEqual(['total'])
    expect((await device.read(['w'])).w?.data).toEqual(expected)
  }
  expect(Object.keys(await device.read())).toEqual(['w', 'other'])
})

test('programs share it, each run sees it as it was before that run', async () => {
  await using device = await openDevice({ device: 'cpu' })
  const graph = new Graph()
  const a = graph.input('a', 'float32', [1])
  const b = graph.input('b', 'float32', [1])
  const options = { stateInputs: ['a', 'b'], updates: { a2: 'b', b2: 'a' } }
  await using swap = await device.compile(toOnnx({ a2: a, b2: b }), options)
  await using add = await device.compile(toOnnx({ sum: op.add(op.mul(a, 10), b) }), { stateInputs: ['a', 'b'] })
  await device.write({ a: float32([1], [1]), b: float32([1], [2]) })
  const sums = [add.run({}), swap.run({}), add.run({}), swap.run({}), add.run({})]
  const values = (await Promise.all(sums)).map(({ sum }) => sum?.data[0])
  expect(values).toEqual([12, undefined, 21, undefined, 12])
})

test('what was read or written stays the caller’s', async () => {
  await using device = await openDevice({ device: 'cpu' })
  await using step = await device.compile(descent(2), descentOptions)
  const w = float32([2], [1, 2])
  await device.write({ w })
  w.data[0] = 99
  const read = await device.read()
  expect(read.w?.data).toEqual(Float32Array.of(1, 2))
  await step.run({ g })
  expect(read.w?.data).toEqual(Float32Array.of(1, 2))
})

test('what is missing or does not fit is named, and nothing changes', async () => {
  await using device = await openDevice({ device: 'cpu' })
  await using step = await device.compile(descent(2), descentOptions)
  const refused = (message: RegExp) => ({ code: 'graph-use', message: expect.stringMatching(message) })
  await expect(step.run({ g })).rejects.toMatchObject(refused(/"w" was never written/))
  await device.write({ w: float32([3], [1, 2, 3]) })
  await expect(step.run({ g })).rejects.toMatchObject(refused(/"w" is float32 \[3\], .* float32 \[2\]/))
  await expect(device.read(['v'])).rejects.toMatchObject(refused(/"v" was never written; there is: w/))
  const half = device.write({ w: float32([2], [0, 0]), v: tensor('bfloat16', [1], new Uint16Array(1)) })
  await expect(half).rejects.toMatchObject(refused(/bfloat16/))
  expect(await device.read()).toEqual({ w: float32([3], [1, 2, 3]) })
})

test('the same steps give the same bits on another device', async () => {
  const size = 1000
  const start = Float32Array.from({ length: size }, (_, i) => Math.sin(i))
  const train = async () => {
    await using device = await openDevice({ device: 'cpu' })
    await using step = await device.compile(descent(size), descentOptions)
    await device.write({ w: tensor('float32', [size], start) })
    const totals = []
    for (let i = 0; i < 20; i++) {
      const gradient = float32(
        [size],
        start.map((x) => Math.cos(x * i)),
      )
      totals.push((await step.run({ g: gradient })).total?.data[0])
    }
    return { totals, state: await device.read() }
  }
  expect(await train()).toEqual(await train())
})
