import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { float32, tensor } from '../tensor/tensor.ts'
import { type Device, type DeviceListing, listDevices, openDevice } from './index.ts'
import { counter, counterOptions, descent, descentOptions, identity } from './testing.ts'

// Chromium's package brings a Vulkan driver that needs no GPU. It is used unless the environment names another.
const driver = '/usr/lib/chromium/vk_swiftshader_icd.json'
if (existsSync(driver)) process.env.VK_ICD_FILENAMES ??= driver

const listing = (await listDevices()).find(({ kind }) => kind === 'webgpu') as DeviceListing
const missing = listing.available ? '' : ` (skipped: ${listing.reason}; ${driver} and libvulkan would do)`

describe.skipIf(missing !== '')(`WebGPU in Node${missing}`, () => {
  let device: Device
  beforeAll(async () => {
    device = await openDevice({ device: 'webgpu' })
  })
  afterAll(() => device.dispose())

  test('a software adapter is used only when asked for', async () => {
    expect(device.report).toMatchObject({ kind: 'webgpu', why: 'asked for' })
    await using chosen = await openDevice()
    expect(chosen.report.kind === 'webgpu').toBe(listing.available && !listing.software)
  })

  test('state stays on the device and follows the CPU', async () => {
    const size = 100
    const start = Float32Array.from({ length: size }, (_, i) => Math.sin(i))
    const train = async (device: Device) => {
      await using step = await device.compile(descent(size), descentOptions)
      await device.write({ w: tensor('float32', [size], start) })
      const totals: number[] = []
      for (let i = 0; i < 8; i++) {
        const g = float32(
          [size],
          start.map((x) => Math.cos(x * i)),
        )
        totals.push(Number((await step.run({ g })).total?.data[0]))
      }
      return { totals, w: (await device.read(['w'])).w?.data as Float32Array }
    }
    await using cpu = await openDevice({ device: 'cpu' })
    const [here, there] = [await train(device), await train(cpu)]
    for (const [i, w] of here.w.entries()) expect(w).toBeCloseTo(there.w[i]!, 6)
    for (const [i, total] of here.totals.entries()) expect(total).toBeCloseTo(there.totals[i]!, 4)
  })

  test.each([
    tensor('float32', [2, 1], Float32Array.of(1.5, -2)),
    tensor('float64', [2], Float64Array.of(1 / 3, -2)),
    tensor('float16', [2], Uint16Array.of(0x3c00, 0xc000)),
    tensor('int32', [2], Int32Array.of(1, -2)),
    tensor('int64', [2], BigInt64Array.of(1n, -2n)),
    tensor('uint8', [2], Uint8Array.of(1, 255)),
    tensor('bool', [2], Uint8Array.of(0, 1)),
    tensor('float32', [], Float32Array.of(3)),
  ])('$dtype $shape goes through unchanged, as state too', async (x) => {
    await device.write({ x })
    expect(await device.read(['x'])).toEqual({ x })
    await using program = await device.compile(identity(x), { stateInputs: ['x'] })
    expect(await program.run({})).toEqual({ y: x })
    if (x.dtype === 'float64') return
    await using update = await device.compile(identity(x), { stateInputs: ['x'], updates: { y: 'x' } })
    for (let i = 0; i < 3; i++) await update.run({})
    expect(await device.read(['x'])).toEqual({ x })
  })

  test('state outlives the program that computed it', async () => {
    await device.write({ w: float32([1], [1]) })
    for (let i = 0; i < 5; i++) {
      await using step = await device.compile(descent(1), descentOptions)
      await step.run({ g: float32([1], [1]) })
    }
    expect((await device.read(['w'])).w?.data[0]).toBeCloseTo(0.5)
  })

  test('float64 updates are refused', async () => {
    const model = identity({ dtype: 'float64', shape: [1] })
    await expect(device.compile(model, { updates: { y: 'x' } })).rejects.toMatchObject({
      code: 'graph-use',
      message: expect.stringContaining('float64'),
    })
  })

  test('an aborted run leaves the state as it was', async () => {
    await using program = await device.compile(counter(2, 64), counterOptions)
    await device.write({ count: float32([], [0]) })
    let fulfilled = 0
    for (let i = 0; i < 12; i++) {
      const control = new AbortController()
      const runs = [program.run({}, { signal: control.signal }), program.run({})]
      setTimeout(() => control.abort(), i * 3)
      fulfilled += (await Promise.allSettled(runs)).filter(({ status }) => status === 'fulfilled').length
    }
    expect((await device.read(['count'])).count?.data[0]).toBe(fulfilled)
  })

  test('several devices work at once, and go one by one', async () => {
    const work = async () => {
      await using other = await openDevice({ device: 'webgpu' })
      await using step = await other.compile(descent(3), descentOptions)
      await other.write({ w: float32([3], [1, 1, 1]) })
      for (let i = 0; i < 10; i++) await step.run({ g: float32([3], [1, 1, 1]) })
      return (await other.read()).w?.data[0]
    }
    for (const w of await Promise.all([work(), work(), work()])) expect(w).toBeCloseTo(0)
    expect(await work()).toBeCloseTo(0)
  })
})
