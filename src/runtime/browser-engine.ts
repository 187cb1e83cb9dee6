import type { Engine } from './engine.ts'
import type { DeviceKind } from './types.ts'

/** Loads the build of onnxruntime-web that the device needs; its wasm file is an asset of the page's own build. */
export async function loadBrowserEngine(kind: DeviceKind, threads: number): Promise<Engine> {
  // The default build fails on gradient graphs under WebGPU, hence two special ones.
  const ort = kind === 'webgpu' ? await import('onnxruntime-web/webgpu') : await import('onnxruntime-web/wasm')
  // Threads need shared memory, which a page has only when it is cross-origin isolated. The engine would fall back
  // silently.
  const usable = crossOriginIsolated ? threads : 1
  ort.env.wasm.numThreads = usable
  ort.env.logLevel = 'error'
  return {
    ort,
    engine: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
    threads: usable,
    ...(usable < threads ? { note: 'one thread, as the page is not cross-origin isolated (COOP/COEP headers)' } : {}),
    providers: [kind],
    state: kind === 'webgpu' ? 'device' : 'host',
  }
}
