export { listDevices, openDevice } from './device.ts'
export type * from './types.ts'
