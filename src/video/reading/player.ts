import type { Frame } from '../frame.ts'
import type { DecodeReport, VideoInfo } from '../video.ts'
import type { Plan } from './play.ts'

/** Gives the frames of plans, one plan at a time. */
export interface Player extends AsyncDisposable {
  readonly info: VideoInfo
  readonly report: DecodeReport
  /** @param stopped asked now and then; once true, the frames end */
  play(plan: Plan, stopped: () => boolean): AsyncGenerator<Frame, void, undefined>
  /** Whoever waited for a frame waits no longer; further plans may come. */
  abandon(): void
}
