import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DType, float32, type Tensor, tensor } from '../tensor/tensor.ts'
import { type Device, openDevice, type Program } from './index.ts'
import { counter, descent, identity } from './testing.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

const samples: Tensor[] = [
  tensor('float32', [2], Float32Array.of(1.5, -2)),
  tensor('float64', [2], Float64Array.of(1 / 3, -2)),
  tensor('float16', [2], Uint16Array.of(0x3c00, 0xc000)),
  tensor('int32', [2], Int32Array.of(1, -2)),
  tensor('int64', [2], BigInt64Array.of(1n, -(2n ** 40n))),
  tensor('uint8', [2], Uint8Array.of(1, 255)),
  tensor('bool', [2], Uint8Array.of(0, 1)),
  tensor('float32', [], Float32Array.of(3)),
  tensor('float32', [0, 4], new Float32Array(0)),
]

test.each(samples)('$dtype $shape goes in and comes out unchanged, state too', async (x) => {
  await using program = await device.compile(identity(x))
  expect(await program.run({ x })).toEqual({ y: x })
  await device.write({ x })
  expect(await device.read(['x'])).toEqual({ x })
})

test('bfloat16 is refused', async () => {
  const x = tensor('bfloat16', [1], Uint16Array.of(0x3f80))
  await expect(device.compile(identity(x))).rejects.toThrow(/bfloat16|type/)
  await expect(device.write({ x })).rejects.toMatchObject({
    code: 'graph-use',
    message: expect.stringContaining('cast'),
  })
})

describe('feeds', () => {
  let program: Program
  beforeAll(async () => {
    program = await device.compile(descent(2))
  })
  const w = float32([2], [1, 2])
  const g = float32([2], [10, 20])

  test('stay the caller’s', async () => {
    const before = { w: w.data.slice(), g: g.data.slice() }
    const running = program.run({ w, g })
    expect(w.data).toEqual(before.w)
    w.data[0] = 99
    expect((await running).next?.data).toEqual(Float32Array.of(0, 0))
    w.data[0] = 1
    expect(g.data).toEqual(before.g)
  })

  test('are handed over when told to, but never more than the feed itself', async () => {
    const whole = float32([2], [1, 2])
    const all = Float32Array.of(0, 10, 20, 0)
    const part = tensor('float32', [2], all.subarray(1, 3))
    const { next } = await program.run({ w: whole, g: part }, { transferFeeds: true })
    expect(next?.data).toEqual(Float32Array.of(0, 0))
    expect(whole.data.length).toBe(0)
    expect(all).toEqual(Float32Array.of(0, 10, 20, 0))
  })

  test('like models, which may be handed over too', async () => {
    const kept = identity({ dtype: 'float32', shape: [1] })
    const given = new Uint8Array(kept)
    await using program = await device.compile(given, { transferModel: true })
    expect(given.length).toBe(0)
    await using again = await device.compile(kept)
    expect(kept.length).toBeGreaterThan(0)
    const x = float32([1], [3])
    expect(await program.run({ x })).toEqual(await again.run({ x }))
  })

  test('may be the same array twice, shared memory, or Buffers', async () => {
    const same = float32([2], [1, 2])
    expect((await program.run({ w: same, g: same }, { transferFeeds: true })).next?.data[0]).toBeCloseTo(0.9)
    const shared = new Float32Array(new SharedArrayBuffer(8)) as unknown as Float32Array<ArrayBuffer>
    expect((await program.run({ w, g: tensor('float32', [2], shared) })).next?.data).toEqual(w.data)
    await using bytes = await device.compile(identity({ dtype: 'uint8', shape: [2] }))
    expect((await bytes.run({ x: tensor('uint8', [2], Buffer.from([1, 2])) })).y?.data).toEqual(Uint8Array.of(1, 2))
  })

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['a missing one', { w }, /input "g" expects float32 \[2\], and was not given/],
    ['an unknown one', { w, g, v: w }, /no input "v"; did you mean/],
    ['a wrong type', { w, g: tensor('float64', [2], new Float64Array(2)) }, /"g".*float32 \[2\].*float64 \[2\]/],
    ['a wrong shape', { w, g: float32([1, 2], [1, 2]) }, /"g" expects float32 \[2\], and was given float32 \[1, 2\]/],
    ['too little data', { w, g: { ...g, data: new Float32Array(1) } }, /holds 2 elements, its data 1/],
    ['the wrong array', { w, g: { ...g, data: new Float64Array(2) } }, /stored in Float32Array, not in Float64Array/],
  ]
  test.each(wrong)('%s is refused before the engine sees it', async (_, feeds, message) => {
    const running = program.run(feeds as Record<string, Tensor<DType>>)
    await expect(running).rejects.toMatchObject({ code: 'graph-use', message: expect.stringMatching(message) })
  })
})

test('results do not change under later runs', async () => {
  await using program = await device.compile(descent(1))
  const first = await program.run({ w: float32([1], [1]), g: float32([1], [0]) })
  await program.run({ w: float32([1], [5]), g: float32([1], [0]) })
  expect(first.next?.data[0]).toBe(1)
})

test('the caller’s event loop goes on during a run', async () => {
  await using program = await device.compile(counter(100))
  let ticks = 0
  const clock = setInterval(() => ticks++, 1)
  await program.run({ count: float32([], [0]) })
  clearInterval(clock)
  expect(ticks).toBeGreaterThan(0)
})
