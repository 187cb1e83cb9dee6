import type { ErrorCode } from '../errors.ts'
import type { CompileOptions, DeviceKind, Tensors, TensorType } from './types.ts'

/** What a caller can ask of the worker. Requests are answered in the order they were sent. */
export interface Operations {
  open: { input: { kind: DeviceKind; threads: number }; output: EngineFacts }
  compile: { input: { program: number; model: Uint8Array; options: CompileOptions }; output: Signature }
  run: { input: { program: number; feeds: Tensors; confirm: boolean }; output: Tensors }
  release: { input: { program: number }; output: undefined }
  write: { input: { state: Tensors }; output: undefined }
  read: { input: { names: readonly string[] | undefined }; output: Tensors }
}

export type Operation = keyof Operations

/** A numbered request. */
export type Request = {
  [O in Operation]: { readonly op: O; readonly id: number } & Readonly<Operations[O]['input']>
}[Operation]

/**
 * The caller's last word on a request. `keep: false` says that nobody waits for it any more: a queued run is dropped,
 * the state updates of a running one are thrown away. A run with `confirm` commits its updates only on `keep: true`,
 * so that a run whose promise was rejected by an abort never changes state, however late the abort came.
 */
export interface Settlement {
  readonly op: 'settle'
  readonly id: number
  readonly keep: boolean
}

/** The caller goes: the worker ends what it is at, frees everything and closes the line. */
export const farewell = { op: 'close' } as const

export type Message = Request | Settlement

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: ErrorCode; readonly message: string } }

/** What the worker found when it loaded the engine. */
export interface EngineFacts {
  /** Name and version. */
  readonly engine: string
  readonly threads: number
  /** Why fewer threads are in use than were asked for. */
  readonly note?: string
}

/** All inputs and outputs of a model. */
export interface Signature {
  readonly inputs: readonly TensorType[]
  readonly outputs: readonly TensorType[]
}
