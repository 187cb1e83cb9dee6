/** Portraits whose landmarks are known, for tests and measurements. */
import type { Image, Region } from '../../../video/image.ts'
import { crop } from '../../../video/sample/crop.ts'
import { cropRegions } from '../../crop.ts'
import type { FaceDetector } from '../../detector.ts'
import type { Keypoints, Point } from '../../face.ts'
import { firstFrame } from '../../testing/pictures.ts'
import type { FaceMesh, Landmarker } from '../landmarker.ts'
import { type Landmarks, landmarkCount, pointOf } from '../landmarks.ts'
import { innerLips, leftEye, outerLips, rightEye } from '../points.ts'

/** Width and height of a portrait. */
export const portraitSize = 300

export interface Portrait extends FaceMesh {
  readonly name: string
  /** As `cropRegions` makes it. */
  readonly image: Image
  /** Of the detector, in pixels of the image. */
  readonly keypoints: Keypoints
  /** Another square of the same picture, given in pixels of the image. */
  readonly cut: (square: Region, size: number) => Image
}

/** @returns undefined where the detector sees no face */
export async function portraitOf(
  path: string,
  detector: FaceDetector,
  landmarker: Landmarker,
): Promise<Portrait | undefined> {
  const frame = await firstFrame(path)
  const [face] = await detector.detect(frame)
  if (!face) return
  const [{ x, y, width }] = cropRegions([{ ...face, index: 0, seconds: 0 }], [0]) as [Region]
  const scale = portraitSize / width
  const cut = (part: Region, size: number) => {
    const side = part.width / scale
    const region = { x: x + part.x / scale, y: y + part.y / scale, width: side, height: side }
    return crop(frame, region, { width: size, height: size })
  }
  const image = cut({ x: 0, y: 0, width: portraitSize, height: portraitSize }, portraitSize)
  const keypoints = Object.entries(face.keypoints).map(([key, at]) => [key, [(at[0] - x) * scale, (at[1] - y) * scale]])
  return { name: path, image, keypoints: Object.fromEntries(keypoints), cut, ...(await landmarker.mesh(image)) }
}

export function faceWidth(landmarks: Landmarks): number {
  const [left, right] = [pointOf(landmarks, 234), pointOf(landmarks, 454)]
  return Math.hypot(right[0] - left[0], right[1] - left[1])
}

const samePoints = Array.from({ length: landmarkCount }, (_, i) => [i, i] as const)

/**
 * How far landmarks of a changed picture are from those of the picture, the mean over the points, as a share of the face's
 * width.
 * @param back from a place in the changed picture to the same in the picture
 * @param pairs points of the picture and those which they are in the changed one
 */
export function disagreement(
  landmarks: Landmarks,
  changed: Landmarks,
  back: (at: Point) => Point,
  pairs: readonly (readonly [index: number, inChanged: number])[] = samePoints,
): number {
  let sum = 0
  for (const [index, inChanged] of pairs) {
    const [x, y] = pointOf(landmarks, index)
    const [otherX, otherY] = back(pointOf(changed, inChanged))
    sum += Math.hypot(otherX - x, otherY - y)
  }
  return sum / pairs.length / faceWidth(landmarks)
}

export function middleOf(landmarks: Landmarks, indices: readonly number[]): Point {
  const points = indices.map((index) => pointOf(landmarks, index))
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return [mean(0), mean(1)]
}

/** Points of eyes and lips with those that they are in a mirror. */
export const mirrorPairs = [
  ...[outerLips, innerLips].flatMap((lips) => lips.map((index, i) => [index, lips[(30 - i) % 20]!] as const)),
  // Along the upper lid, then back along the lower one.
  ...leftEye.map((index, i) => [index, rightEye[(24 - i) % 16]!] as const),
]

/** Turned about its middle, clockwise as shown; each pixel from the nearest. @returns also the way `back` for `disagreement` */
export function turned({ width, height, data }: Image, degrees: number): { image: Image; back: (at: Point) => Point } {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const back = ([x, y]: Point): Point => {
    const [u, v] = [x - width / 2, y - height / 2]
    return [width / 2 + cosine * u + sine * v, height / 2 - sine * u + cosine * v]
  }
  const pixels = new Uint8Array(data.length)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = back([(i % width) + 0.5, Math.floor(i / width) + 0.5])
    const column = Math.min(Math.max(Math.floor(x), 0), width - 1)
    const row = Math.min(Math.max(Math.floor(y), 0), height - 1)
    pixels.set(data.subarray(3 * (row * width + column), 3 * (row * width + column) + 3), 3 * i)
  }
  return { image: { width, height, data: pixels }, back }
}

export function mirrored({ width, height, data }: Image): Image {
  const pixels = new Uint8Array(data.length)
  for (let i = 0; i < width * height; i++) {
    const from = 3 * (i - (i % width) + (width - 1 - (i % width)))
    pixels.set(data.subarray(from, from + 3), 3 * i)
  }
  return { width, height, data: pixels }
}
