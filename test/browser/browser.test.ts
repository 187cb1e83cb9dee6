import { describe, expect, test } from 'vitest'
import { Graph, op, toOnnx } from '../../src/graph/index.ts'
import { openDevice, type Tensors } from '../../src/runtime/index.ts'
import { descent, descentOptions, identity } from '../../src/runtime/testing.ts'
import { float32, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { chromiumMissing, type Job, openPage, type Result, type TestPage } from './open-page.ts'

/** A convolution, a normalisation, a matrix product: the kinds of work that a network has. */
function network(): Job {
  const values = (size: number, seed: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(i * seed))
  const graph = new Graph()
  const x = graph.input('x', 'float32', [2, 3, 16, 16])
  const kernel = graph.constant(tensor('float32', [8, 3, 3, 3], values(216, 1.3)))
  const features = op.relu(op.conv(x, kernel, { strides: [2, 2], before: [1, 1], after: [1, 1] }))
  const pooled = op.reshape(op.mean(features, [2, 3]), [2, 8])
  const logits = op.matmul(pooled, graph.constant(tensor('float32', [8, 2], values(16, 0.7))))
  const feeds = [1, 2].map((seed) => ({ x: tensor('float32', [2, 3, 16, 16], values(1536, seed)) }))
  return { model: toOnnx({ logits, features }), feeds }
}

function descentJob(): Job {
  const size = 50
  const feeds = Array.from({ length: 8 }, (_, step) => ({
    g: float32(
      [size],
      Float32Array.from({ length: size }, (_, i) => Math.cos(i * step)),
    ),
  }))
  const state = {
    w: float32(
      [size],
      Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
    ),
  }
  return { model: descent(size), options: descentOptions, state, feeds }
}

async function onCpu({ model, options, state = {}, feeds }: Job): Promise<Pick<Result, 'outputs' | 'state'>> {
  await using device = await openDevice({ device: 'cpu' })
  const program = await device.compile(model, options)
  await device.write(state)
  const outputs: Tensors[] = []
  for (const feed of feeds) outputs.push(await program.run(feed))
  return { outputs, state: await device.read() }
}

function expectClose(given: Tensors, wanted: Tensors): void {
  expect(Object.keys(given)).toEqual(Object.keys(wanted))
  for (const [name, { shape, data }] of Object.entries(wanted)) {
    expect(given[name]?.shape).toEqual(shape)
    for (const [i, value] of (data as Float32Array).entries()) expect(given[name]?.data[i]).toBeCloseTo(value, 4)
  }
}

/** The same results as Node's CPU gives: outputs run by run, and the state at the end. */
async function expectSameAsCpu(page: TestPage, job: Job): Promise<Result> {
  const [here, there] = [await page.runProgram(job), await onCpu(job)]
  expect(here.outputs.length).toBe(there.outputs.length)
  for (const [i, outputs] of there.outputs.entries()) expectClose(here.outputs[i]!, outputs)
  expectClose(here.state, there.state)
  return here
}

const skipped = chromiumMissing === undefined ? '' : ` (skipped: ${chromiumMissing})`

describe.skipIf(skipped !== '')(`in Chromium${skipped}`, () => {
  test('wasm with threads, in a page that is cross-origin isolated', async () => {
    await using page = await openPage()
    const { report } = await expectSameAsCpu(page, { ...network(), threads: 2 })
    expect(report).toMatchObject({ kind: 'wasm', threads: 2, rejected: [{ kind: 'webgpu', reason: 'no adapter' }] })
    expect(report.engine).toMatch(/^onnxruntime-web \d/)
    await expectSameAsCpu(page, { ...descentJob(), threads: 2 })
    expect(page.outside).toEqual([])
  })

  test('wasm with one thread, and a word about it, in a page that is not', async () => {
    await using page = await openPage({ isolated: false })
    const { report } = await expectSameAsCpu(page, { ...descentJob(), threads: 2 })
    expect(report).toMatchObject({
      kind: 'wasm',
      threads: 1,
      why: expect.stringContaining('not cross-origin isolated'),
    })
  })

  test('every element type goes through wasm unchanged, as state too', async () => {
    await using page = await openPage()
    const samples: Tensor[] = [
      tensor('float32', [2], Float32Array.of(1.5, -2)),
      tensor('float64', [2], Float64Array.of(1 / 3, -2)),
      tensor('float16', [2], Uint16Array.of(0x3c00, 0xc000)),
      tensor('int32', [2], Int32Array.of(1, -2)),
      tensor('int64', [2], BigInt64Array.of(1n, -(2n ** 40n))),
      tensor('uint8', [2], Uint8Array.of(1, 255)),
      tensor('bool', [2], Uint8Array.of(0, 1)),
      tensor('float32', [], Float32Array.of(3)),
    ]
    for (const x of samples) {
      const result = await page.runProgram({ model: identity(x), device: 'wasm', state: { s: x }, feeds: [{ x }] })
      expect(result).toMatchObject({ outputs: [{ y: x }], state: { s: x } })
    }
  })

  test('WebGPU on the software adapter, when asked for', async () => {
    await using page = await openPage({ webgpu: true })
    expect(await page.listDevices()).toContainEqual(
      expect.objectContaining({ kind: 'webgpu', available: true, software: true }),
    )
    const { report } = await expectSameAsCpu(page, { ...network(), device: 'webgpu' })
    expect(report).toMatchObject({ kind: 'webgpu', why: 'asked for' })
    await expectSameAsCpu(page, { ...descentJob(), device: 'webgpu' })
    const chosen = await page.runProgram(descentJob())
    expect(chosen.report).toMatchObject({
      kind: 'wasm',
      rejected: [{ kind: 'webgpu', reason: expect.stringContaining('software') }],
    })
    expect(page.outside).toEqual([])
    expect(page.complaints).toEqual([])
  })

  test('a device that is not there is named', async () => {
    await using page = await openPage()
    const missing = (device: Job['device'], message: RegExp) =>
      expect(page.runProgram({ ...descentJob(), device: device! })).rejects.toThrow(message)
    await missing('webgpu', /no webgpu device here: no adapter/)
    await missing('cpu', /no cpu device here: only in Node/)
  })
})
