import { describe, expect, test } from 'vitest'
import { float32 } from '../tensor/tensor.ts'
import { listDevices, openDevice } from './index.ts'
import { descent, identity } from './testing.ts'

describe('openDevice', () => {
  test('says what it chose and why', async () => {
    await using device = await openDevice({ device: 'cpu', threads: 1 })
    expect(device.report).toEqual({
      kind: 'cpu',
      threads: 1,
      why: 'asked for',
      rejected: [],
      engine: expect.stringMatching(/^onnxruntime-node \d+\.\d+/),
    })
  })

  test('by itself finds one that works and says what it passed over', async () => {
    await using device = await openDevice()
    const { kind, why, rejected } = device.report
    expect(['cuda', 'webgpu', 'cpu']).toContain(kind)
    expect(why).toMatch(/^first that works/)
    for (const { kind, reason } of rejected) expect(why).toContain(`${kind}: ${reason}`)
    const program = await device.compile(identity({ dtype: 'float32', shape: [1] }))
    expect((await program.run({ x: float32([1], [7]) })).y?.data[0]).toBe(7)
  })

  test('names the device that is not there and why', async () => {
    await expect(openDevice({ device: 'wasm' })).rejects.toMatchObject({
      code: 'device-missing',
      message: 'no wasm device here: only in the browser',
    })
  })

  test.each([
    [{ device: 'gpu' }, /unknown device "gpu".*Known: auto, cuda, webgpu, cpu, wasm/],
    [{ thread: 2 }, /unknown device option "thread"; did you mean "threads"/],
    [{ threads: 0 }, /whole number of at least 1, not 0/],
    [{ threads: 1.5 }, /not 1.5/],
  ])('refuses %j', async (options, message) => {
    const opening = openDevice(options as never)
    await expect(opening).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) })
  })
})

test('listDevices tells of every kind', async () => {
  const devices = await listDevices()
  expect(devices.map(({ kind }) => kind)).toEqual(['cuda', 'webgpu', 'cpu', 'wasm'])
  expect(devices).toContainEqual({ kind: 'cpu', available: true, software: false, description: expect.any(String) })
  expect(devices).toContainEqual({ kind: 'wasm', available: false, reason: 'only in the browser' })
})

describe('compile', () => {
  test('tells what is to be fed and what comes back', async () => {
    await using device = await openDevice({ device: 'cpu' })
    const program = await device.compile(descent(3), { stateInputs: ['w'], updates: { next: 'w' } })
    expect(program.inputs).toEqual([{ name: 'g', dtype: 'float32', shape: [3] }])
    expect(program.outputs).toEqual([{ name: 'total', dtype: 'float32', shape: [1] }])
  })

  test('refuses what is no model, and options that do not fit it', async () => {
    await using device = await openDevice({ device: 'cpu' })
    const compile = (options: object, model = descent(3)) => device.compile(model, options)
    await expect(compile({}, new Uint8Array(9))).rejects.toMatchObject({ code: 'device-failed' })
    await expect(compile({ train: true })).rejects.toMatchObject({ code: 'usage' })
    for (const options of [{ stateInputs: ['v'] }, { updates: { v: 'w' } }, { updates: { next: 'w', total: 'w' } }]) {
      await expect(compile(options)).rejects.toMatchObject({ code: 'graph-use' })
    }
  })
})
