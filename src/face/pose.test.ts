import { expect, test } from 'vitest'
import type { Keypoints, Point } from './face.ts'
import { poseOf } from './pose.ts'
import { median } from './quality.ts'

/** Features of a head of a diameter of 2, turned by yaw, then tilted by roll, seen from afar. */
function head(yaw: number, roll: number): Keypoints {
  const seen = (x: number, y: number, z: number): Point => {
    const turned = x * Math.cos(yaw) + z * Math.sin(yaw)
    return [turned * Math.cos(roll) - y * Math.sin(roll), turned * Math.sin(roll) + y * Math.cos(roll)]
  }
  return {
    leftEye: seen(-0.4, -0.4, 0.9),
    rightEye: seen(0.4, -0.4, 0.9),
    nose: seen(0, 0, 1.4),
    mouth: seen(0, 0.4, 1),
    leftEar: seen(-1, -0.2, 0),
    rightEar: seen(1, -0.2, 0),
  }
}

test('pose is read from the places of eyes, ears and nose', () => {
  const radians = Math.PI / 180
  for (const yaw of [-40, -15, 0, 20, 40]) {
    for (const roll of [-30, 0, 10, 30]) {
      const pose = poseOf(head(yaw * radians, roll * radians))
      expect(pose.yaw).toBeCloseTo(yaw, 6)
      expect(pose.roll).toBeCloseTo(roll, 6)
    }
  }
})

test('the median is the middle value, the lower of two', () => {
  expect(median([3])).toBe(3)
  expect(median([5, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 9])).toBe(2)
})
