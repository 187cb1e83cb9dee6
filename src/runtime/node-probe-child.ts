import { loadNodeEngine } from './node-engine.ts'
import { hasGpu } from './node-probe.ts'
import { Transport } from './transport.ts'
import type { DeviceKind, DeviceListing } from './types.ts'

// Started by node-probe.ts with a kind: tries that device and prints what it found as a line of JSON.

async function tryDevice(kind: DeviceKind): Promise<DeviceListing> {
  try {
    const transport = new Transport(await loadNodeEngine(kind, 1))
    const data = new Float32Array([1])
    const there = await transport.download(await transport.upload({ dtype: 'float32', shape: [1], data }))
    if (there.data[0] !== 1) throw new Error('it computes wrongly')
  } catch (error) {
    return { kind, available: false, reason: shorten(error instanceof Error ? error.message : String(error)) }
  }
  if (kind !== 'webgpu') return { kind, available: true, software: false, description: 'through onnxruntime-node' }
  const software = isSoftware()
  return { kind, available: true, software, description: software ? 'software adapter' : 'GPU adapter' }
}

/** The engine's own words, without its source positions. */
function shorten(message: string): string {
  const [last = message] = message.trim().split('\n').slice(-1)
  return last.slice(Math.max(0, last.indexOf('Failed to')))
}

/**
 * Whether WebGPU runs on the CPU. The engine does not tell its adapter's name, so it is judged by the drivers in this
 * process: on Linux by the Vulkan drivers and the devices that the system shows, on Windows by whether a vendor's
 * driver is loaded (not tried on real machines). macOS always has a GPU.
 */
function isSoftware(): boolean {
  Object.assign(process.report, { excludeNetwork: true })
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  if (process.platform === 'win32') return !sharedObjects.some((path) => /DriverStore/i.test(path))
  if (process.platform !== 'linux') return false
  const drivers = sharedObjects.filter((path) => /lib(vk|vulkan)_|libGLX_nvidia|libnvidia-vulkan/.test(path))
  return !hasGpu() || drivers.every((path) => /swiftshader|_lvp/.test(path))
}

console.log(JSON.stringify(await tryDevice(process.argv[2] as DeviceKind)))
