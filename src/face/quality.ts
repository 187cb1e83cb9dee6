import type { TrackFrame, TrackQuality } from './face.ts'
import { poseOf } from './pose.ts'

/**
 * @param frames those of a track, at least one
 * @param sharpness of each of them, 0 to 1
 * @param looked frames looked at from the first to the last of them
 */
export function qualityOf(frames: readonly TrackFrame[], sharpness: readonly number[], looked: number): TrackQuality {
  const poses = frames.map(({ keypoints }) => poseOf(keypoints))
  return {
    size: median(frames.map(({ box }) => box.width)),
    sharpness: rounded(median(sharpness), 1000),
    yaw: rounded(median(poses.map(({ yaw }) => yaw)), 2),
    roll: rounded(median(poses.map(({ roll }) => roll)), 2),
    score: rounded(frames.reduce((sum, { score }) => sum + score, 0) / frames.length, 1000),
    found: frames.length,
    looked,
  }
}

/** The middle value, or of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!
}

function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps
}
