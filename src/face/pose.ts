import type { Keypoints, Point } from './face.ts'

/** How far the nose stands out before the ears, over the distance of the ears: of heads in general, about. */
const noseLength = 0.7

export interface Pose {
  /** Degrees, positive when the face is turned to the picture's right. */
  readonly yaw: number
  /** Degrees, positive when the head is tilted clockwise. */
  readonly roll: number
}

/**
 * Estimates how a head is turned: roll from the line of the eyes, yaw from where the nose is between the ears, which is
 * tan(yaw) times its length over their distance. Good to some 10 degrees, up to about 45.
 */
export function poseOf({ leftEye, rightEye, leftEar, rightEar, nose }: Keypoints): Pose {
  const roll = Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0])
  const along = ([x, y]: Point) => x * Math.cos(roll) + y * Math.sin(roll)
  const between = along(rightEar) - along(leftEar)
  const aside = along(nose) - (along(leftEar) + along(rightEar)) / 2
  return { yaw: degrees(Math.atan2(aside, noseLength * Math.abs(between))), roll: degrees(roll) }
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
