import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { Graph, op, toOnnx } from '../graph/index.ts'
import { float32, zeros } from '../tensor/tensor.ts'
import { Connection } from './connection.ts'
import { openDevice } from './index.ts'
import { connect, hostOf } from './node.ts'
import { counter, counterOptions, descent, descentOptions } from './testing.ts'

describe('dispose', () => {
  test('rejects what is pending and what comes later, and may be called again', async () => {
    const device = await openDevice({ device: 'cpu' })
    const slow = await device.compile(counter(100), counterOptions)
    await device.write({ count: float32([], [0]) })
    const running = [slow.run({}), slow.run({}), device.read()]
    const ends = [device.dispose(), device.dispose()]
    for (const run of running) await expect(run).rejects.toMatchObject({ code: 'disposed' })
    await Promise.all(ends)
    for (const late of [slow.run({}), device.read(), device.write({}), device.compile(descent(1))]) {
      await expect(late).rejects.toMatchObject({ code: 'disposed' })
    }
    await slow.dispose()
    await device.dispose()
  })

  test('of a program leaves those runs alone that were asked for before', async () => {
    await using device = await openDevice({ device: 'cpu' })
    const program = await device.compile(descent(1))
    const feeds = { w: zeros('float32', [1]), g: zeros('float32', [1]) }
    const running = program.run(feeds)
    await Promise.all([program.dispose(), program.dispose()])
    expect((await running).total?.data[0]).toBe(0)
    await expect(program.run(feeds)).rejects.toMatchObject({ code: 'disposed', message: 'the program was disposed' })
  })
})

describe('a worker that dies', () => {
  const deaths: [string, string, RegExp][] = [
    ['by itself', 'process.exit(3)', /ended with status 3/],
    ['of an error', 'throw new Error("bad luck")', /bad luck/],
    ['of lack of memory', 'for (const hoard = []; ; ) hoard.push(Array(1e4).fill({}))', /memory/],
  ]
  test.each(deaths)('%s rejects everything', async (_, deed, reason) => {
    const script = `require('node:worker_threads').parentPort.on('message', (port) => port.on('message', () => { ${deed} }))`
    const worker = new Worker(script, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 20 } })
    const connection = new Connection(connect(hostOf(worker)))
    const calls = [connection.call('read', { names: [] }), connection.call('read', { names: [] })]
    const death = { code: 'device-failed', message: expect.stringMatching(reason) }
    for (const call of calls) await expect(call).rejects.toMatchObject(death)
    await expect(connection.call('read', { names: [] })).rejects.toMatchObject(death)
    await connection.close()
  })
})

describe('memory', () => {
  const bound = 150e6 // bytes; each of the tests would leak at least twice as much
  const resident = () => process.memoryUsage().rss
  const side = 2000

  function large(): Uint8Array {
    const graph = new Graph()
    const weight = graph.constant(zeros('float32', [side, side]))
    return toOnnx({ y: op.matmul(graph.input('x', 'float32', [1, side]), weight) })
  }

  async function growth(times: number, act: () => Promise<void>): Promise<number> {
    for (let i = 0; i < 8; i++) await act()
    const before = resident()
    for (let i = 0; i < times; i++) await act()
    return resident() - before
  }

  const model = large()
  const x = zeros('float32', [1, side])

  test('of devices comes back', async () => {
    const act = async () => {
      await using device = await openDevice({ device: 'cpu' })
      const program = await device.compile(model)
      await program.run({ x })
    }
    expect(await growth(20, act)).toBeLessThan(bound)
  })

  test('of programs comes back', async () => {
    await using device = await openDevice({ device: 'cpu' })
    const act = async () => {
      await using program = await device.compile(model)
      await program.run({ x })
    }
    expect(await growth(20, act)).toBeLessThan(bound)
  })

  test('of state and feeds comes back', async () => {
    await using device = await openDevice({ device: 'cpu' })
    const size = 1 << 20
    await using program = await device.compile(descent(size), descentOptions)
    await device.write({ w: zeros('float32', [size]) })
    const g = zeros('float32', [size])
    const act = async () => {
      await program.run({ g })
    }
    expect(await growth(100, act)).toBeLessThan(bound)
  })
})

describe('the process', () => {
  const runtime = new URL('./index.ts', import.meta.url).href
  const testing = new URL('./testing.ts', import.meta.url).href
  const start = `
    import { openDevice } from '${runtime}'
    import { counter } from '${testing}'
    const device = await openDevice({ device: 'cpu' })
    const program = await device.compile(counter(100))
    const run = () => program.run({ count: { dtype: 'float32', shape: [], data: new Float32Array(1) } })
  `
  const script = async (body: string) =>
    (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', start + body])).stdout

  test('ends by itself with devices open', async () => {
    expect(await script('await run(); console.log("end")')).toBe('end\n')
  })

  test('does not end before its last run', async () => {
    expect(await script('run().then(({ now }) => console.log(now.data[0]))')).toBe('1\n')
  })

  test('outlives devices that are disposed of within a run', async () => {
    const body = `
      for (let i = 0; i < 5; i++) {
        const other = await openDevice({ device: 'cpu' })
        const slow = await other.compile(counter(20))
        const running = slow.run({ count: { dtype: 'float32', shape: [], data: new Float32Array(1) } })
        await new Promise((resolve) => setTimeout(resolve, 10))
        await Promise.all([other.dispose(), running.catch(({ code }) => console.log(code))])
      }
    `
    expect(await script(body)).toBe('disposed\n'.repeat(5))
  })
})
