import type { Frame, Picture } from './frame.ts'

/** What a video can be opened from. Text is a path (Node only): a file, a folder of stills, or a glob of stills. */
export type VideoSource = string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>

/** What the file says of itself, and how its first frame is stored. */
export interface VideoInfo extends Picture {
  /** Container, e.g. "mp4", "matroska"; "stills" for pictures. */
  readonly container: string
  /** Codec, e.g. "h264". */
  readonly codec: string
  /** Pixel format as the decoder names it, e.g. "yuv420p10le"; undefined where it does not say. */
  readonly pixelFormat: string | undefined
  /** Whether the file names the colour matrix and range; where not, they are assumed by `assumedColour`. */
  readonly colourTagged: { readonly matrix: boolean; readonly range: boolean }
  /** Frames a second on average. */
  readonly frameRate: number | undefined
  /** From the first frame to the end of the last; undefined for a stream of unknown length. */
  readonly durationSeconds: number | undefined
  /** How many frames the file claims (by a count, or by duration and rate). */
  readonly framesClaimed: { readonly count: number; readonly exact: boolean } | undefined
  /** Size of the source in bytes, where known. */
  readonly bytes: number | undefined
}

export type WarningCode =
  | 'frames-missing' // fewer frames than the file claims
  | 'data-damaged' // packets or frames that could not be decoded, or only with errors
  | 'data-truncated' // the file ends too early
  | 'time-disorder' // timestamps that do not grow; such frames are dropped
  | 'limit-reached' // decoding ended early at a limit

/** A partial result that says so. */
export interface Warning {
  readonly code: WarningCode
  readonly message: string
}

/** What came of the decoding so far, over all iterations of a video. */
export interface DecodeReport {
  /** Frames decoded, given out or not. */
  readonly framesDecoded: number
  /** Each code at most once, with counts in its message. */
  readonly warnings: readonly Warning[]
}

export interface FramesOptions {
  /** The first frame given is the one shown at this time; seconds from the first frame of the video, default 0. */
  readonly from?: number
  /** Frames shown at this time or later are not given; default: to the end. */
  readonly to?: number
  /** At most so many frames a second, evenly spread: of each interval the first frame. Default: all. */
  readonly rate?: number
  /**
   * Whether the memory of a frame may be used again once the second frame after it is asked for: for who keeps no frames.
   * Without it a program that goes through a long video holds many times as much. Default: false.
   */
  readonly reuse?: boolean
  /** Ends the iteration with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * An opened video. One iteration at a time: beginning another ends the one before.
 * Errors of iterations: `video-damaged` when not one frame of the whole video can be decoded or its decoder crashed,
 * `video-limit` at a limit before the first frame, `video-stalled`, `disposed`, or the signal's reason. What else goes
 * wrong after the first frame ends the iteration with a warning in `report`. The next iteration starts afresh.
 */
export interface Video extends AsyncDisposable {
  readonly info: VideoInfo
  readonly report: DecodeReport
  /** Frames in the order in which they are shown, decoded as they are asked for. */
  frames(options?: FramesOptions): AsyncGenerator<Frame, void, undefined>
  /**
   * The frame shown at each of the times, by seeking.
   * @param seconds in growing order; times past the end give nothing
   */
  framesAt(
    seconds: Iterable<number>,
    options?: { readonly signal?: AbortSignal },
  ): AsyncGenerator<Frame, void, undefined>
}
