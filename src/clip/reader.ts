import { ahead } from '../ahead.ts'
import { cropRegions } from '../face/crop.ts'
import type { FaceDetector } from '../face/detector.ts'
import type { Track } from '../face/face.ts'
import { FaceFollower } from '../face/follower.ts'
import { enlarged } from '../face/geometry.ts'
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
  /** How many frames stand in for others, because the video is too short, or the face was not there yet or any more. */
  readonly repeated: number
  /** Only with `views`: what the crop of a frame shows, at another size. Keeps the frames in memory as long as it is kept. */
  readonly view?: (frame: number, size: number) => Image
}

export interface ClipProgress {
  /** Clips of the plan that have been read. */
  readonly clips: number
  readonly clipsPlanned: number
  /** `FaceClip`s given from them. The last one may still be in use. */
  readonly given: number
}

export interface ClipReaderOptions {
  /**
   * How many times as wide as what a network is shown the crops are, around the same centre, e.g. to have room for what is
   * done to them before; default 1. From about 1.6 on, what was kept of the frame around a face may not suffice.
   */
  readonly margin?: number
  /** Whether clips have a `view`. Default: false. */
  readonly views?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ClipProgress) => void
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

  /** Frames in which faces were looked for so far. */
  get looked(): number {
    return this.#follower.looked
  }

  /** @throws what iterating over the video throws and what detecting throws */
  [Symbol.asyncIterator](): AsyncGenerator<FaceClip, void, undefined> {
    return ahead(this.#read())
  }

  async *#read(): AsyncGenerator<FaceClip, void, undefined> {
    const clips = this.#planned()
    const clipsPlanned = clips.length
    let [begun, done, given] = [0, 0, 0]
    /** Of the clips that have begun, those that are not complete: few, however long the video. */
    let waiting: readonly PlannedClip[] = []
    for await (const seconds of this.#gathered(clips.flatMap(({ snippets }) => snippets))) {
      while (begun < clipsPlanned && clips[begun]!.snippets[0]!.start <= seconds)
        waiting = [...waiting, clips[begun++]!]
      const complete = waiting.filter(isComplete)
      if (complete.length === 0) continue
      waiting = waiting.filter((clip) => !isComplete(clip))
      for (const clip of complete) {
        for (const found of this.#faceClips(clip)) {
          given++
          yield found
        }
        for (const snippet of clip.snippets) snippet.forget()
      }
      done += complete.length
      this.#options.onProgress?.({ clips: done, clipsPlanned, given })
    }
  }

  /** In the order of time. */
  #planned(): readonly PlannedClip[] {
    const { clips, frames } = this.#plan
    return clips.map(({ starts }, number) => ({ number, snippets: starts.map((start) => new Snippet(start, frames)) }))
  }

  /** Adds frame after frame to the snippets that are under way; gives each time at which some may have become complete. */
  async *#gathered(snippets: readonly Snippet[]): AsyncGenerator<number, void, undefined> {
    const inOrder = snippets.toSorted((a, b) => a.start - b.start)
    let next = 0
    for (const span of plannedSpans(this.#plan)) {
      let open: Snippet[] = []
      let before: Glimpse | undefined
      /** A snippet begins with the frame before the first that comes after its start. */
      const begin = (seconds: number) => {
        while (next < inOrder.length && inOrder[next]!.start < span.to && inOrder[next]!.isBefore(seconds)) {
          const snippet = inOrder[next++]!
          if (before) snippet.add(before)
          open.push(snippet)
        }
      }
      for await (const glimpse of this.#glimpses(span)) {
        begin(glimpse.seconds)
        for (const snippet of open) snippet.add(glimpse)
        open = open.filter(({ closed }) => !closed)
        before = glimpse
        yield glimpse.seconds
      }
      begin(Number.POSITIVE_INFINITY)
      for (const snippet of open) snippet.close()
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
    const { frames: wanted } = this.#plan
    // Of a snippet past the end of the video there is nothing.
    const glimpses = snippets.flatMap((snippet) => Array.from({ length: wanted }, (_, i) => snippet.glimpses[i]))
    const there = glimpses.filter((glimpse) => glimpse !== undefined)
    const times = there.map(({ seconds }) => seconds)
    for (const { id, frames } of this.#follower.since(Math.min(...times))) {
      const seen = frames.filter(({ seconds }) => times.includes(seconds))
      const foundAt = new Set(seen.map(({ seconds }) => seconds))
      const found = times.filter((time) => foundAt.has(time)).length
      if (found < enough * glimpses.length) continue
      const squares = cropRegions(seen, times).map((square) => enlarged(square, this.#options.margin ?? 1))
      const regions = new Map(squares.map((region, i) => [there[i], region]))
      const shown = glimpses.map((glimpse) => glimpse && shownIn(glimpse, regions.get(glimpse)!, this.#size))
      const missing = shown.filter((part) => part === undefined).length
      if (missing > (1 - enough) * shown.length) continue
      const standIns = glimpses.map((_, i) => nearest(shown, i))
      const filled = snippets.reduce((sum, { repeated }) => sum + repeated, 0)
      yield {
        track: id,
        clip: number,
        seconds: standIns.map(({ seconds }) => seconds),
        regions: standIns.map(({ region }) => region),
        images: standIns.map(({ image }) => image),
        found,
        repeated: filled + missing,
        ...(this.#options.views && { view: (frame: number, side: number) => standIns[frame]!.at(side) }),
      }
    }
  }
}

interface Shown {
  readonly seconds: number
  readonly region: Region
  readonly image: Image
  /** The same at another size. */
  at(side: number): Image
}

function shownIn(glimpse: Glimpse, region: Region, size: number): Shown | undefined {
  const at = (side: number) => cropOf(glimpse, region, { width: side, height: side })
  const image = at(size)
  return image && { seconds: glimpse.seconds, region, image, at: (side) => at(side)! }
}

/** What is at a place, else at the nearest place where something is, which must be somewhere. */
function nearest<T>(items: readonly (T | undefined)[], place: number): T {
  for (let distance = 0; ; distance++) {
    const found = items[place - distance] ?? items[place + distance]
    if (found !== undefined) return found
  }
}

function isComplete({ snippets }: PlannedClip): boolean {
  return snippets.every((snippet) => snippet.closed)
}
