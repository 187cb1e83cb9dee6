import { z } from 'zod'
import { ahead } from '../ahead.ts'
import { checkOptions } from '../options.ts'
import type { Video } from '../video/video.ts'
import type { FaceDetector } from './detector.ts'
import type { Track } from './face.ts'
import { lookOf } from './look.ts'
import { cut, type Scene, sceneDistance, sceneOf } from './scene.ts'
import { FaceTracker } from './tracker.ts'

const trackOptions = z.strictObject({
  /** Looks a second at most. */
  rate: z.number().positive().default(10),
  /** As in `Video.frames`. */
  from: z.number().min(0).default(0),
  to: z.number().positive().optional(),
  /** Whether to look for small faces in tiles: `auto` at new shots and every two seconds. */
  small: z.enum(['auto', 'always', 'never']).default('auto'),
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

/** Score from which on a face can go on with a track; to begin one it takes more. */
const least = 0.5

/** Seconds after which small faces are looked for again in the same shot. */
const again = 2

/**
 * Finds the faces of a video and follows them.
 * @throws UnmaskError `option-invalid`; what iterating over the video throws and what detecting throws
 */
export async function trackFaces(video: Video, detector: FaceDetector, options: TrackOptions = {}): Promise<Tracks> {
  const { signal, onProgress, ...rest } = options
  const { small, rate, from, to } = checkOptions(trackOptions, rest, 'trackFaces')
  const stop = signal ? { signal } : {}
  const tracker = new FaceTracker()
  const tiles = new TileTimes()
  let looked = 0
  for await (const frame of ahead(video.frames({ rate, from, ...(to === undefined ? {} : { to }), ...stop }))) {
    const expected = tracker.expectedAt(frame.seconds)
    const scene = sceneOf(frame)
    const inTiles = small === 'auto' ? tiles.due(scene, frame.seconds) : small === 'always'
    const faces = await detector.detect(frame, { small: inTiles ? 'always' : 'never', least, expected, ...stop })
    tracker.add(lookOf(frame, faces))
    looked += 1
    const { durationSeconds } = video.info
    onProgress?.({ seconds: frame.seconds, durationSeconds, looked, faces: faces.length })
  }
  const tracks = tracker.tracks()
  const withFace = new Set(tracks.flatMap(({ frames }) => frames.map(({ seconds }) => seconds))).size
  return { tracks, looked, withFace }
}

/** When to look for small faces: where they can be new. */
class TileTimes {
  #scene: Scene | undefined
  #last = Number.NEGATIVE_INFINITY

  due(scene: Scene, seconds: number): boolean {
    const isNew = this.#scene === undefined || sceneDistance(this.#scene, scene) >= cut
    this.#scene = scene
    if (!isNew && seconds - this.#last < again) return false
    this.#last = seconds
    return true
  }
}
