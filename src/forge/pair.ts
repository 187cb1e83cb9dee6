import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Image } from '../video/image.ts'

/** A real clip as forging takes it: square crops of one face, with room around what a network is shown. */
export interface FaceFrames {
  /** All of one size. One image only is a still, which is given a motion. */
  readonly images: readonly Image[]
  /** Of each image, in its pixels. */
  readonly landmarks: readonly Landmarks[]
}

/** How a fake was made. */
export type ForgeryKind = 'self' | 'swap' | 'resynthesis'

/** A fake, the real clip that it was made from, both seen and degraded alike, and what differs. */
export interface ForgedPair {
  readonly real: readonly Image[]
  readonly fake: readonly Image[]
  /** How much of each pixel was replaced, 0 to 255, [height, width] of each frame. */
  readonly masks: readonly Uint8Array<ArrayBuffer>[]
  readonly kind: ForgeryKind
  /** Every number drawn, for a log. */
  readonly parameters: Readonly<Record<string, unknown>>
}
