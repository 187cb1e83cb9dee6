import type { Channel, Platform } from './platform.ts'
import type { DeviceKind, DeviceListing } from './types.ts'

/** The browser's side of the runtime: module workers. */
export const platform: Platform = {
  order: ['webgpu', 'wasm'],
  probe,
  spawnWorker,
  defaultThreads: () => navigator.hardwareConcurrency,
}

async function probe(kind: DeviceKind): Promise<DeviceListing> {
  if (kind === 'cpu' || kind === 'cuda') return { kind, available: false, reason: 'only in Node' }
  if (kind === 'wasm') {
    const threads = crossOriginIsolated ? `${navigator.hardwareConcurrency} threads` : 'one thread'
    return { kind, available: true, software: false, description: `WebAssembly, ${threads}` }
  }
  // Absent in older browsers and in pages that are not served securely.
  const gpu = navigator.gpu as GPU | undefined
  if (!gpu) return { kind, available: false, reason: 'this browser, or this page, has no WebGPU' }
  const adapter = await gpu.requestAdapter().catch(() => null)
  if (!adapter) return { kind, available: false, reason: 'no adapter' }
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info
  // Chromium does not always say so of its own software adapter.
  const software = isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${architecture} ${description}`)
  const words = [vendor, architecture, description].filter((word) => word !== '').join(' ')
  return { kind, available: true, software, description: words || 'unnamed adapter' }
}

function spawnWorker(): Channel {
  // In this form bundlers find the worker.
  const worker = new Worker(new URL('./browser-worker.ts', import.meta.url), { type: 'module' })
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    listen: (onMessage, onFailure) => {
      worker.onmessage = (event) => onMessage(event.data)
      worker.onmessageerror = () => onFailure('a message could not be read')
      worker.onerror = (event) => onFailure(event.message || 'it could not be loaded')
    },
    // Pages do not end by themselves.
    busy: () => {},
    close: async () => worker.terminate(),
  }
}
