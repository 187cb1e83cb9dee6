import { UnmaskError } from '../errors.ts'
import { nearest } from './nearest.ts'
import type { DeviceKind, DeviceOptions } from './types.ts'

/** All kinds of device. */
export const deviceKinds: readonly DeviceKind[] = ['cuda', 'webgpu', 'cpu', 'wasm']

/** @throws UnmaskError `usage` when an object has a key that is not known, naming the nearest that is */
export function checkKeys(what: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) throw new UnmaskError('usage', `unknown ${what} "${key}"${nearest(key, known)}`)
  }
}

/** The options with defaults. @throws UnmaskError `usage` */
export function checkDeviceOptions(options: DeviceOptions, defaultThreads: number): Required<DeviceOptions> {
  checkKeys('device option', options, ['device', 'threads'])
  const { device = 'auto', threads = defaultThreads } = options
  const allowed = ['auto', ...deviceKinds]
  if (!allowed.includes(device)) throw new UnmaskError('usage', `unknown device "${device}"${nearest(device, allowed)}`)
  if (!Number.isInteger(threads) || threads < 1) {
    throw new UnmaskError('usage', `threads is a whole number of at least 1, not ${threads}`)
  }
  return { device, threads }
}
