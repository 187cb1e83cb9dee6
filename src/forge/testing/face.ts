/** A made face: a picture and landmarks for tests without data. */
import { type Landmarks, landmarkCount } from '../../face/landmarks/landmarks.ts'
import { faceOval, leftBrow, leftEye, nose, outerLips, rightBrow, rightEye } from '../../face/landmarks/points.ts'
import { Random } from '../../tensor/random.ts'
import type { Image } from '../../video/image.ts'
import type { FaceFrames } from '../pair.ts'
import type { ForgeRecipeInput } from '../recipe.ts'

/** Points of an area's outline that are in none of the outlines above, around the lips and under the eyes. */
const mouth = [167, 164, 393, 391, 322, 410, 287, 273, 335, 406, 313, 18, 83, 182, 106, 43, 57, 186, 92, 165]
const underLeft = [226, 31, 228, 229, 230, 231, 232, 233]
const underRight = [453, 452, 451, 450, 449, 448, 261, 446]
const cheeks = [
  156, 143, 116, 123, 147, 192, 214, 210, 211, 32, 208, 199, 428, 262, 431, 430, 434, 416, 376, 352, 345, 372, 383,
]

interface Place {
  readonly x?: number
  readonly y?: number
  /** Width of the face, pixels. */
  readonly width?: number
  /** Radians. */
  readonly angle?: number
}

/** Landmarks of a face seen from the front. Shares of the picture's side by default. */
export function madeLandmarks(side: number, { x = 0.5, y = 0.54, width = 0.5, angle = 0 }: Place = {}): Landmarks {
  const landmarks = new Float32Array(2 * landmarkCount)
  const random = new Random('points')
  const put = (index: number, across: number, down: number) => {
    const [u, v] = [
      across * Math.cos(angle) - down * Math.sin(angle),
      across * Math.sin(angle) + down * Math.cos(angle),
    ]
    landmarks[2 * index] = side * (x + width * u)
    landmarks[2 * index + 1] = side * (y + width * v)
  }
  const around = (indices: readonly number[], cx: number, cy: number, rx: number, ry: number, from = 0, turns = 1) => {
    for (const [i, index] of indices.entries()) {
      const turn = from + (2 * Math.PI * turns * i) / indices.length
      put(index, cx + rx * Math.cos(turn), cy + ry * Math.sin(turn))
    }
  }
  for (let i = 0; i < landmarkCount; i++) put(i, random.uniform(-0.3, 0.3), random.uniform(-0.4, 0.4))
  around(faceOval, 0, 0, 0.5, 0.66, -Math.PI / 2)
  around(cheeks, 0, 0.02, 0.4, 0.48, Math.PI * 1.05, -0.9)
  around(leftEye, -0.21, -0.14, 0.1, 0.04, Math.PI)
  around(rightEye, 0.21, -0.14, 0.1, 0.04, Math.PI)
  around(leftBrow, -0.21, -0.27, 0.13, 0.03, Math.PI)
  around(rightBrow, 0.21, -0.27, 0.13, 0.03, Math.PI)
  around(underLeft, -0.21, -0.14, 0.13, 0.08, Math.PI, -0.55)
  around(underRight, 0.21, -0.14, 0.13, 0.08, 0, 0.55)
  around(nose, 0, 0.02, 0.1, 0.2, -Math.PI / 2)
  around(outerLips, 0, 0.33, 0.19, 0.07, Math.PI)
  around(mouth, 0, 0.33, 0.24, 0.12, -Math.PI / 2)
  return landmarks
}

/** A face with skin, eyes, lips and some texture, before a background. */
export function madeImage(side: number, landmarks: Landmarks, seed = 1): Image {
  const random = new Random(seed)
  const data = new Uint8Array(3 * side * side)
  const tint = [random.integer(30), random.integer(30), random.integer(30)]
  const near = (index: number, x: number, y: number, by: number) =>
    Math.hypot(x - landmarks[2 * index]!, y - landmarks[2 * index + 1]!) < by * side
  const [left, right, top, bottom] = [234, 454, 10, 152].map((index) => [
    landmarks[2 * index]!,
    landmarks[2 * index + 1]!,
  ])
  const [cx, cy] = [(left![0]! + right![0]!) / 2, (top![1]! + bottom![1]!) / 2]
  const [rx, ry] = [Math.max(right![0]! - left![0]!, 1) / 2, Math.max(bottom![1]! - top![1]!, 1) / 2]
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const isFace = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1
      const isDark = [133, 362, 0, 17].some((index) => near(index, x, y, 0.05))
      const base = isDark ? [90, 50, 50] : isFace ? [190, 150, 130] : [70, 90, 120]
      const texture = 14 * Math.sin(x / 2.3) * Math.cos(y / 3.1) + random.uniform(-6, 6)
      for (let i = 0; i < 3; i++) data[at + i] = Math.min(Math.max(base[i]! + tint[i]! + texture, 0), 255)
    }
  }
  return { width: side, height: side, data }
}

/** A still, or a clip in which the face moves a little. */
export function madeFace(side: number, frames = 1, seed = 1): FaceFrames {
  const landmarks = Array.from({ length: frames }, (_, i) => madeLandmarks(side, { x: 0.5 + 0.004 * i }))
  return { images: landmarks.map((points) => madeImage(side, points, seed)), landmarks }
}

/** A recipe under which nothing is degraded and all is seen as it lies. */
export const plain = {
  settle: { roll: 0, zoom: 0 },
  degrade: { rescale: 0, colour: 0, blur: 0, noise: 0, jpeg: 0, h264: 0 },
  view: { shift: 0, zoom: [1, 1], flip: 0 },
  motion: { shift: 0, roll: 0, zoom: 0, head: 0, turn: 0, jaw: 0, tremble: 0, noise: [0, 0] },
} satisfies ForgeRecipeInput

/** Peak signal-to-noise ratio, decibels. */
export function likeness(one: readonly Image[], other: readonly Image[]): number {
  let [sum, count] = [0, 0]
  for (const [i, { data }] of one.entries()) {
    for (let at = 0; at < data.length; at++, count++) sum += (data[at]! - other[i]!.data[at]!) ** 2
  }
  return 10 * Math.log10(255 ** 2 / (sum / count))
}
