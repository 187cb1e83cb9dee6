import type { ErrorCode } from '../../../errors.ts'
import type { Frame } from '../../frame.ts'
import type { Plan } from '../../reading/play.ts'
import type { DecodeReport, VideoInfo } from '../../video.ts'
import type { Input } from '../open-reader.ts'

/** To the decoding worker. @param run number of the plan, in all its answers */
export type Command =
  | { readonly op: 'open'; readonly input: Input }
  /** Ends the plan before. */
  | { readonly op: 'play'; readonly run: number; readonly plan: Plan }
  /** A frame was received: another one may come. */
  | { readonly op: 'received'; readonly run: number }
  | { readonly op: 'stop'; readonly run: number }

/** From it. */
export type Answer =
  | { readonly kind: 'opened'; readonly info: VideoInfo; readonly report: DecodeReport }
  | { readonly kind: 'frame'; readonly run: number; readonly frame: Frame; readonly report: DecodeReport }
  | { readonly kind: 'end'; readonly run: number; readonly report: DecodeReport }
  /** Without `run`: opening failed. */
  | {
      readonly kind: 'error'
      readonly run?: number
      readonly code: ErrorCode
      readonly message: string
      readonly report?: DecodeReport
    }
