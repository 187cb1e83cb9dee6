import type * as Common from 'onnxruntime-common'
import type { EngineFacts } from './protocol.ts'
import type { DeviceKind } from './types.ts'

/** The part of the ONNX Runtime module that is the same in all of its builds. */
export type Ort = Pick<typeof Common, 'InferenceSession' | 'Tensor' | 'env'>
export type Session = Common.InferenceSession
export type Value = Common.Tensor

/** An ONNX Runtime build, ready to make sessions. */
export interface Engine extends EngineFacts {
  readonly ort: Ort
  /** Execution providers, preferred first. */
  readonly providers: readonly string[]
  /**
   * Where state tensors live: in GPU buffers, or in JavaScript's memory. There the engine reads them in place, but
   * hands every output over as a copy. (Giving it our own buffers to write into saves nothing: Node's binding copies
   * those back all the same, and wasm cannot reach them.)
   */
  readonly state: 'device' | 'host'
}

/** Loads the build for a kind of device; only a worker calls it, as the engine blocks its thread. */
export type LoadEngine = (kind: DeviceKind, threads: number) => Promise<Engine>
