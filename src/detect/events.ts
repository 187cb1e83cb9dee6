import type { VideoInfo } from '../video/video.ts'

/** What a detection tells while it goes on. */
export type DetectEvent =
  | {
      /** The video is open, and it is known where to look. */
      readonly kind: 'opened'
      readonly info: VideoInfo
      readonly durationSeconds: number
      readonly clipsPlanned: number
    }
  /** A face that is looked at from this time on. */
  | { readonly kind: 'face'; readonly track: number; readonly seconds: number }
  /** A clip of a face, and its recompressed copy, each with its probability of fake. */
  | {
      readonly kind: 'scored'
      readonly track: number
      readonly startSeconds: number
      readonly endSeconds: number
      readonly probability: number
      readonly recompressed: number
    }
  /** So many clips of the plan have been looked at. */
  | { readonly kind: 'clips'; readonly clips: number; readonly clipsPlanned: number }

export type OnDetectEvent = (event: DetectEvent) => void
