import type { ErrorCode } from '../../../errors.ts'
import type { Frame } from '../../frame.ts'
import type { Plan } from '../../reading/play.ts'
import type { DecodeReport, VideoInfo } from '../../video.ts'
import type { ReaderOptions } from '../ffmpeg/file-reader.ts'
import type { Input } from '../ffmpeg/open.ts'

/** To the decoding process, a line of JSON each. */
export type Command =
  | {
      readonly op: 'open'
      readonly input: Input
      readonly options: ReaderOptions
      /** Resident memory that ends the process, bytes. */
      readonly memory: number
    }
  /** Ends the plan before. @param run number of this one, in all its answers */
  | { readonly op: 'play'; readonly run: number; readonly plan: Plan }
  | { readonly op: 'stop'; readonly run: number }

/** From it, as records. The data of a frame is its pixels. */
export type Answer =
  | { readonly kind: 'opened'; readonly info: VideoInfo; readonly report: DecodeReport }
  | {
      readonly kind: 'frame'
      readonly run: number
      readonly frame: Omit<Frame, 'data'>
      readonly report: DecodeReport
    }
  | { readonly kind: 'end'; readonly run: number; readonly report: DecodeReport }
  /** Without `run`: opening failed. */
  | {
      readonly kind: 'error'
      readonly run?: number
      readonly code: ErrorCode
      readonly message: string
      readonly report?: DecodeReport
    }

/** Descriptors of the decoding process beside standard input (commands) and errors. */
export const answersDescriptor = 3
export const inputDescriptor = 4

/** What the process says on standard error when it ends itself for its memory. */
export const memoryExceeded = 'unmask: over limits.memory'
