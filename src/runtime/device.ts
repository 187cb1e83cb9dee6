import { platform } from '#runtime-platform'
import { UnmaskError } from '../errors.ts'
import { Connection } from './connection.ts'
import { checkDeviceOptions, deviceKinds } from './options.ts'
import { RemoteDevice } from './remote.ts'
import type { Device, DeviceKind, DeviceListing, DeviceOptions, DeviceReport } from './types.ts'

type Rejected = DeviceReport['rejected']

/**
 * Opens a device. With `auto` (the default) it is the first that works of the platform's order: CUDA, WebGPU, CPU in
 * Node; WebGPU, wasm in the browser. A WebGPU adapter that is only software is slower than the CPU by far, so `auto`
 * passes it over; asked for by name it is used.
 * @throws UnmaskError `usage` for unknown options, `device-missing` naming the device and why it is not there
 */
export async function openDevice(options: DeviceOptions = {}): Promise<Device> {
  const { device, threads } = checkDeviceOptions(options, platform.defaultThreads())
  if (device !== 'auto') {
    const probe = await platform.probe(device, false)
    if (!probe.available) throw new UnmaskError('device-missing', `no ${device} device here: ${probe.reason}`)
    return start(device, threads, 'asked for', [])
  }
  const rejected: Rejected[number][] = []
  for (const kind of platform.order) {
    const reason = unfit(await platform.probe(kind, true))
    if (reason === undefined) {
      try {
        return await start(kind, threads, ['first that works', ...rejected.map(inWords)].join('; '), rejected)
      } catch (error) {
        rejected.push({ kind, reason: (error as Error).message })
      }
    } else rejected.push({ kind, reason })
  }
  throw new UnmaskError('device-missing', `no device works here; ${rejected.map(inWords).join('; ')}`)
}

/** The kind of device that every machine has: its processor. */
export function processorKind(): DeviceKind {
  return platform.order.at(-1)!
}

/** Looks for every kind of device on this machine, software adapters included. */
export function listDevices(): Promise<DeviceListing[]> {
  return Promise.all(deviceKinds.map((kind) => platform.probe(kind, false)))
}

function unfit(probe: DeviceListing): string | undefined {
  if (!probe.available) return probe.reason
  return probe.software ? `only in software (${probe.description})` : undefined
}

function inWords({ kind, reason }: Rejected[number]): string {
  return `${kind}: ${reason}`
}

async function start(kind: DeviceKind, threads: number, why: string, rejected: Rejected): Promise<Device> {
  const connection = new Connection(platform.spawnWorker(kind))
  try {
    const facts = await connection.call('open', { kind, threads })
    const said = facts.note === undefined ? why : `${why}; ${facts.note}`
    return new RemoteDevice(connection, { kind, threads: facts.threads, why: said, rejected, engine: facts.engine })
  } catch (error) {
    await connection.close()
    throw error
  }
}
