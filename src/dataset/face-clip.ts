import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Image, Region } from '../video/image.ts'

/** One face in one clip of a data set's entry, as kept in the cache of crops. */
export interface CachedClip {
  /** `Track.id` of the face and its median width in display pixels. */
  readonly track: number
  readonly faceWidth: number
  /** Number of the clip, from 0. */
  readonly clip: number
  /** Of each frame, snippet after snippet; a still has one frame. */
  readonly seconds: readonly number[]
  /** What each crop shows, in display pixels. */
  readonly regions: readonly Region[]
  readonly images: readonly Image[]
  /** Of each image, in its pixels; empty where the cache was told to leave them out. */
  readonly landmarks: readonly Landmarks[]
  /** How many frames stand in for others. */
  readonly repeated: number
}
