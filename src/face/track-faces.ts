import { z } from 'zod'
import { ahead } from '../ahead.ts'
import { checkOptions } from '../options.ts'
import type { Video } from '../video/video.ts'
import type { FaceDetector } from './detector.ts'
import { smallFaces } from './detector-options.ts'
import type { Track } from './face.ts'
import { FaceFollower } from './follower.ts'

const trackOptions = z.strictObject({
  /** Looks a second at most. */
  rate: z.number().positive().default(10),
  /** As in `Video.frames`. */
  from: z.number().min(0).default(0),
  to: z.number().positive().optional(),
  /** Whether to look for small faces in tiles: `auto` at new shots and every two seconds. */
  small: smallFaces.default('auto'),
})

export type TrackOptions = z.input<typeof trackOptions> & {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: TrackProgress) => void
}

export interface TrackProgress {
  /** Time of the frame looked at last, from the first frame of the video. */
  readonly seconds: number
  readonly durationSeconds: number | undefined
  /** Frames looked at so far. */
  readonly looked: number
  /** Faces in the last of them. */
  readonly faces: number
}

export interface Tracks {
  readonly tracks: readonly Track[]
  /** Frames looked at, and how many of them showed a face of one of the tracks. */
  readonly looked: number
  readonly withFace: number
}

/**
 * Finds the faces of a video and follows them.
 * @throws UnmaskError `option-invalid`; what iterating over the video throws and what detecting throws
 */
export async function trackFaces(video: Video, detector: FaceDetector, options: TrackOptions = {}): Promise<Tracks> {
  const { signal, onProgress, ...rest } = options
  const { small, rate, from, to } = checkOptions(trackOptions, rest, 'trackFaces')
  const stop = signal ? { signal } : {}
  const follower = new FaceFollower(detector, small)
  for await (const frame of ahead(
    video.frames({ rate, from, reuse: true, ...(to === undefined ? {} : { to }), ...stop }),
  )) {
    const { faces } = await follower.look(frame, stop)
    const { durationSeconds } = video.info
    onProgress?.({ seconds: frame.seconds, durationSeconds, looked: follower.looked, faces: faces.length })
  }
  const { tracks, looked } = follower
  const withFace = new Set(tracks.flatMap(({ frames }) => frames.map(({ seconds }) => seconds))).size
  return { tracks, looked, withFace }
}
