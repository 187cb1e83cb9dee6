import { durationOf } from '../video/duration.ts'
import type { Frame } from '../video/frame.ts'
import type { Video } from '../video/video.ts'

/** At which frames that were picked out are played, a second. */
export const pickedRate = 25

interface Stop {
  readonly signal?: AbortSignal
}

/**
 * So many frames of a video, the middle ones of as many equal parts of it, one after the other; of a video with fewer
 * all of them. Their times are those at which they are to be played.
 */
export async function* pickedFrames(video: Video, count: number, stop: Stop): AsyncGenerator<Frame, void, undefined> {
  const duration = await durationOf(video, stop)
  const times = Array.from({ length: count }, (_, i) => ((i + 0.5) * duration) / count)
  let last = -1
  let given = 0
  for await (const frame of video.framesAt(times, stop)) {
    if (frame.seconds === last) continue
    last = frame.seconds
    yield { ...frame, index: given, seconds: given / pickedRate }
    given++
  }
}
