import type { Command } from 'commander'
import type { DeviceListing } from '../runtime/index.ts'

/** `unmask devices`: what this machine can compute on. */
export function registerDevices(program: Command): void {
  program
    .command('devices')
    .description('list the devices that this machine can compute on')
    .option('--json', 'print as JSON')
    .action(async ({ json }: { json?: true }) => {
      const { listDevices } = await import('../runtime/index.ts')
      const devices = await listDevices()
      process.stdout.write(json ? `${JSON.stringify(devices, undefined, 2)}\n` : devices.map(line).join(''))
    })
}

function line(device: DeviceListing): string {
  const kind = device.kind.padEnd(8)
  return device.available ? `${kind}yes  ${device.description}\n` : `${kind}no   ${device.reason}\n`
}
