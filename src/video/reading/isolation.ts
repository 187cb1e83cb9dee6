import type { ErrorCode } from '../../errors.ts'
import type { Frame } from '../frame.ts'
import type { DecodeReport, VideoInfo } from '../video.ts'
import type { Plan } from './play.ts'
import type { Allocate } from './reader.ts'

/** What a decoder that runs apart answers, in a process or a worker. @param run number of the plan it belongs to */
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

/** The caller's end of a decoder that runs apart; from the start it opens its video. */
export interface IsolatedDecoder extends AsyncDisposable {
  /** Ends the plan before. @param run number of this one, in all its answers */
  play(run: number, plan: Plan): void
  stop(run: number): void
  /**
   * The next answer.
   * @param allocate gives the memory for a frame, where it is not handed over with its own
   * @throws UnmaskError when the decoder has ended
   */
  receive(allocate?: Allocate): Promise<Answer>
}
