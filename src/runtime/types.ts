import type { DType, Tensor } from '../tensor/tensor.ts'

/** Where a graph can be computed. `cpu` and `cuda` exist in Node only, `wasm` in the browser only. */
export type DeviceKind = 'cpu' | 'webgpu' | 'cuda' | 'wasm'

export interface DeviceOptions {
  /** A kind, or `auto` (default): the first that works of this platform's order. */
  readonly device?: 'auto' | DeviceKind
  /** Threads of the CPU or of wasm; default: the machine's cores (one in a page that is not cross-origin isolated). */
  readonly threads?: number
}

/** What was chosen, why, and what was tried before it. */
export interface DeviceReport {
  readonly kind: DeviceKind
  /** Threads in use (of the host for GPU devices). */
  readonly threads: number
  /** In words, for people: e.g. "asked for" or "first that works; webgpu: no adapter". */
  readonly why: string
  /** Devices that were tried in vain (`auto` only), with the reason of each. */
  readonly rejected: readonly { readonly kind: DeviceKind; readonly reason: string }[]
  /** Name and version of the engine, e.g. "onnxruntime-node 1.30.0". */
  readonly engine: string
}

/** What `listDevices` found out about one kind. */
export type DeviceListing =
  | { readonly kind: DeviceKind; readonly available: true; readonly software: boolean; readonly description: string }
  | { readonly kind: DeviceKind; readonly available: false; readonly reason: string }

/** Named tensors. */
export type Tensors = Readonly<Record<string, Tensor>>

export interface CompileOptions {
  /** Inputs that are taken from the device's state (by the same name) instead of being fed. */
  readonly stateInputs?: readonly string[]
  /**
   * Outputs that replace a state tensor after the run instead of being returned: output name -> state name. The whole
   * set is replaced at once after a run that succeeded and was not aborted; a failed run changes nothing.
   */
  readonly updates?: Readonly<Record<string, string>>
  /** For sessions that train: weights are inputs, so planning memory by pattern would double the peak. */
  readonly training?: boolean
  /**
   * That others compute on the processor meanwhile (decoding, cutting out): threads that wait for each other then sleep
   * instead of spinning. A detection takes a tenth less, a network that runs alone a tenth longer.
   */
  readonly sharesProcessor?: boolean
  /** Hands the model's bytes over instead of copying them, which large models are worth: the array is empty afterwards. */
  readonly transferModel?: boolean
}

export interface RunOptions {
  /** Aborting rejects the run at once with the signal's reason; a run that was rejected changed no state. */
  readonly signal?: AbortSignal
  /**
   * Hand the memory of the feeds over instead of copying it: their arrays are empty afterwards. Arrays that are only a
   * part of a larger buffer are copied all the same.
   */
  readonly transferFeeds?: boolean
}

/** Name, element type and shape of an input or output; a text in the shape names a size that is free. */
export interface TensorType {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly (number | string)[]
}

/** A compiled graph on a device. */
export interface Program extends AsyncDisposable {
  /** Inputs that `run` expects: all but those taken from the state. */
  readonly inputs: readonly TensorType[]
  /** Outputs that `run` returns: all but the state updates. */
  readonly outputs: readonly TensorType[]
  /**
   * Runs once. Runs on one device are queued in order.
   * @returns every output that is not a state update
   * @throws UnmaskError `device-failed` (engine's own message inside), `graph-use` (missing or unknown input, wrong
   *   type or shape, state that was never written), `disposed`, or the signal's reason
   */
  run(feeds: Tensors, options?: RunOptions): Promise<Tensors>
  /** Frees the session after the runs that were asked for before. Calling it again does nothing. */
  dispose(): Promise<void>
}

/**
 * A device that computes in a worker, so that the caller's event loop stays free, with named state (weights, optimiser
 * moments, running averages) that its programs share and that stays on the device between runs.
 */
export interface Device extends AsyncDisposable {
  readonly report: DeviceReport
  /**
   * Loads an ONNX model whose inputs and outputs declare their shapes.
   * @throws UnmaskError `device-failed` when the engine refuses it, `graph-use` when `options` do not fit the model (on
   *   WebGPU the engine sees an unknown name in `updates` first: `device-failed`), `usage` for unknown options
   */
  compile(model: Uint8Array, options?: CompileOptions): Promise<Program>
  /** Sets state tensors (copied); those not named stay. */
  write(state: Tensors): Promise<void>
  /** Copies of the named state tensors (default: all). @throws UnmaskError `graph-use` for an unknown name */
  read(names?: readonly string[]): Promise<Tensors>
  /** Frees everything. Pending calls are rejected (`disposed`), later ones too. Calling it again does nothing. */
  dispose(): Promise<void>
}
