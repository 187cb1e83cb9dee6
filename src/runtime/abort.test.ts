import { afterEach, beforeEach, expect, test } from 'vitest'
import { float32 } from '../tensor/tensor.ts'
import { type Device, openDevice, type Program } from './index.ts'
import { counter, counterOptions } from './testing.ts'

let device: Device
let slow: Program
let quick: Program
beforeEach(async () => {
  device = await openDevice({ device: 'cpu' })
  slow = await device.compile(counter(200), counterOptions)
  quick = await device.compile(counter(1), counterOptions)
  await device.write({ count: float32([], [0]) })
})
afterEach(() => device.dispose())

const count = async () => (await device.read(['count'])).count?.data[0]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('a signal that was aborted before', async () => {
  await expect(quick.run({}, { signal: AbortSignal.abort('no') })).rejects.toBe('no')
  expect(await count()).toBe(0)
})

test('while queued: it never runs', async () => {
  const control = new AbortController()
  const first = slow.run({})
  const second = slow.run({}, { signal: control.signal })
  control.abort(new Error('stop'))
  await expect(second).rejects.toThrow('stop')
  await first
  expect(await count()).toBe(1)
})

test('during the run: rejected before the run ends, state as it was', async () => {
  const control = new AbortController()
  const order: string[] = []
  const slower = await device.compile(counter(1000), counterOptions)
  const running = slower.run({}, { signal: control.signal }).catch((reason) => order.push(reason))
  await pause(20)
  const behind = count().then((value) => order.push(`count ${value}`))
  control.abort('aborted')
  await Promise.all([running, behind])
  expect(order).toEqual(['aborted', 'count 0'])
})

test('afterwards: nothing happens', async () => {
  const control = new AbortController()
  expect((await quick.run({}, { signal: control.signal })).now?.data[0]).toBe(1)
  control.abort()
  expect(await count()).toBe(1)
})

test('whenever it comes, the state counts exactly the runs that were fulfilled', async () => {
  let fulfilled = 0
  for (let i = 0; i < 60; i++) {
    const controls = [0, 1, 2].map(() => new AbortController())
    const runs = controls.map(({ signal }) => quick.run({}, { signal }))
    setTimeout(() => controls[i % 3]?.abort(), (i % 12) / 2)
    fulfilled += (await Promise.allSettled(runs)).filter(({ status }) => status === 'fulfilled').length
  }
  expect(fulfilled).toBeGreaterThan(0)
  expect(await count()).toBe(fulfilled)
})
