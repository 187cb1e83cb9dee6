export { listDevices, openDevice, processorKind } from './device.ts'
export type * from './types.ts'
