import type { Region } from '../video/image.ts'

/** x and y in display pixels. */
export type Point = readonly [x: number, y: number]

/** Left and right are those of the picture, not of the person. */
export const keypointNames = ['leftEye', 'rightEye', 'nose', 'mouth', 'leftEar', 'rightEar'] as const

export type Keypoints = Readonly<Record<(typeof keypointNames)[number], Point>>

/**
 * A face in a picture. All numbers are rounded to a fixed grid (positions to 1/8 pixel, scores to 1/1000), so that what
 * is computed from them is the same on every device.
 */
export interface Face {
  /** Tight: forehead to chin. Display pixels. */
  readonly box: Region
  readonly keypoints: Keypoints
  /** 0 to 1. */
  readonly score: number
}

/** A face as found in one frame of a track. */
export interface TrackFrame extends Face {
  /** Number of the frame in the video, from 0; undefined where the video was not read from its beginning. */
  readonly index: number | undefined
  /** When it is shown, as `Frame.seconds`. */
  readonly seconds: number
}

/** How good the pictures of a face are, over a track. */
export interface TrackQuality {
  /** Median width of the box in display pixels. */
  readonly size: number
  /** Median sharpness, 0 (blurred away) to 1, of the face at a fixed size; how it is measured: `sharpnessOf`. */
  readonly sharpness: number
  /** Median head pose estimated from the keypoints, degrees; yaw positive to the picture's right, roll clockwise. */
  readonly yaw: number
  readonly roll: number
  /** Mean score. */
  readonly score: number
  /** Frames in which the face was found, and frames looked at between its first and last. */
  readonly found: number
  readonly looked: number
}

/** One face through time. */
export interface Track {
  /** From 1, in the order of appearance. */
  readonly id: number
  readonly startSeconds: number
  readonly endSeconds: number
  readonly frames: readonly TrackFrame[]
  readonly quality: TrackQuality
}
