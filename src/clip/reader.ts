import { ahead } from '../ahead.ts'
import { cropRegions } from '../face/crop.ts'
import type { FaceDetector } from '../face/detector.ts'
import type { Track } from '../face/face.ts'
import { FaceFollower } from '../face/follower.ts'
import type { Image, Region } from '../video/image.ts'
import type { Video } from '../video/video.ts'
import { cropOf, type Glimpse, glimpseOf } from './glimpse.ts'
import { type ClipPlan, plannedSpans, type Span } from './plan.ts'
import { Snippet } from './snippet.ts'

/** One face in the frames of one clip: what a network is given. */
export interface FaceClip {
  /** `Track.id` of the face. */
  readonly track: number
  /** Number of the clip in the plan, from 0. */
  readonly clip: number
  /** Of each frame, snippet after snippet. */
  readonly seconds: readonly number[]
  /** What each crop shows, in display pixels: squares of one size. */
  readonly regions: readonly Region[]
  readonly images: readonly Image[]
  /** In how many of the frames the face was found; in the others it is taken to be on its way between them. */
  readonly found: number
  /** How many frames stand in for missing ones, because the video is too short. */
  readonly repeated: number
}

export interface ClipReaderOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly clips: number; readonly clipsPlanned: number }) => void
}

/** A face must be found in this share of a clip's frames. */
const enough = 0.5

interface PlannedClip {
  readonly number: number
  readonly snippets: readonly Snippet[]
}

/**
 * Reads the clips of a plan in one pass over the video: decodes only what is planned, finds and follows faces in it and
 * cuts them out. Iterate once. The memory needed does not grow with the length of the video. The next clip is decoded
 * while the last one is in use.
 */
export class ClipReader implements AsyncIterable<FaceClip> {
  readonly #video: Video
  readonly #plan: ClipPlan
  readonly #size: number
  readonly #options: ClipReaderOptions
  readonly #follower: FaceFollower

  /** @param size of the crops, pixels */
  constructor(video: Video, detector: FaceDetector, plan: ClipPlan, size: number, options: ClipReaderOptions = {}) {
    this.#video = video
    this.#plan = plan
    this.#size = size
    this.#options = options
    this.#follower = new FaceFollower(detector)
  }

  /** The faces seen so far. */
  get tracks(): Track[] {
    return this.#follower.tracks
  }

  /** @throws what iterating over the video throws and what detecting throws */
  [Symbol.asyncIterator](): AsyncGenerator<FaceClip, void, undefined> {
    return ahead(this.#read())
  }

  async *#read(): AsyncGenerator<FaceClip, void, undefined> {
    const clipsPlanned = this.#plan.clips.length
    let waiting = this.#planned()
    for await (const _ of this.#gathered(() => waiting)) {
      const complete = waiting.filter(isComplete)
      if (complete.length === 0) continue
      waiting = waiting.filter((clip) => !isComplete(clip))
      for (const clip of complete) yield* this.#faceClips(clip)
      this.#options.onProgress?.({ clips: clipsPlanned - waiting.length, clipsPlanned })
    }
  }

  #planned(): readonly PlannedClip[] {
    const { clips, frames } = this.#plan
    return clips.map(({ starts }, number) => ({ number, snippets: starts.map((start) => new Snippet(start, frames)) }))
  }

  /** Adds frame after frame to the snippets that are waiting; gives each time at which some may have become complete. */
  async *#gathered(waiting: () => readonly PlannedClip[]): AsyncGenerator<number, void, undefined> {
    for (const span of plannedSpans(this.#plan)) {
      const snippets = waiting()
        .flatMap((clip) => clip.snippets)
        .filter(({ start }) => start >= span.from && start < span.to)
      for await (const glimpse of this.#glimpses(span)) {
        for (const snippet of snippets) snippet.add(glimpse)
        yield glimpse.seconds
      }
      for (const snippet of snippets) snippet.close()
      yield span.to
    }
  }

  async *#glimpses({ from, to }: Span): AsyncGenerator<Glimpse, void, undefined> {
    const { signal } = this.#options
    const stop = signal ? { signal } : {}
    for await (const frame of this.#video.frames({ from, to, rate: this.#plan.rate, reuse: true, ...stop })) {
      const { faces, expected } = await this.#follower.look(frame, stop)
      yield glimpseOf(frame, faces, expected)
    }
  }

  /** A clip of each face that is there often enough. */
  *#faceClips({ number, snippets }: PlannedClip): Generator<FaceClip, void, undefined> {
    const glimpses = snippets.flatMap((snippet) => snippet.glimpses)
    if (glimpses.length < snippets.length * this.#plan.frames) return
    const seconds = glimpses.map((glimpse) => glimpse.seconds)
    const times = new Set(seconds)
    const repeated = snippets.reduce((sum, snippet) => sum + snippet.repeated, 0)
    const size = { width: this.#size, height: this.#size }
    for (const { id, frames } of this.tracks) {
      const seen = frames.filter((frame) => times.has(frame.seconds))
      const foundAt = new Set(seen.map((frame) => frame.seconds))
      const found = seconds.filter((time) => foundAt.has(time)).length
      if (found < enough * seconds.length) continue
      const regions = cropRegions(seen, seconds)
      const images = glimpses
        .map((glimpse, i) => cropOf(glimpse, regions[i]!, size))
        .filter((image) => image !== undefined)
      if (images.length < seconds.length) continue // it went so fast that it was lost
      yield { track: id, clip: number, seconds, regions, images, found, repeated }
    }
  }
}

function isComplete({ snippets }: PlannedClip): boolean {
  return snippets.every((snippet) => snippet.closed)
}
