import type { Engine } from './engine.ts'
import type { DeviceKind } from './types.ts'

/** Loads onnxruntime-node. */
export async function loadNodeEngine(kind: DeviceKind, threads: number): Promise<Engine> {
  const ort = await import('onnxruntime-node')
  return {
    ort,
    engine: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
    threads,
    // The engine itself adds the CPU for the operators that a GPU provider lacks.
    providers: [kind],
    state: kind === 'webgpu' ? 'device' : 'host',
  }
}
