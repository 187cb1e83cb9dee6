import type { Frame } from '../../frame.ts'
import type { Answer } from '../../reading/isolation.ts'
import type { Plan } from '../../reading/play.ts'
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

/** From it, as records: of a frame the pixels are their data. */
export type AnswerHead =
  | Exclude<Answer, { kind: 'frame' }>
  | (Omit<Answer & { kind: 'frame' }, 'frame'> & { readonly frame: Omit<Frame, 'data'> })

/** Descriptors of the decoding process beside standard input (commands) and errors. */
export const answersDescriptor = 3
export const inputDescriptor = 4

/** What the process says on standard error when it ends itself for its memory. */
export const memoryExceeded = 'unmask: over limits.memory'
