import type { Point } from '../../face/face.ts'
import type { Landmarks } from '../../face/landmarks/landmarks.ts'

/** Centres of the eyes and of the mouth, in pixels; left and right are those of the picture. */
export interface FacePoints {
  readonly leftEye: Point
  readonly rightEye: Point
  readonly mouth: Point
}

/** What a generator makes: the whole inner face, as swap networks do, or what is below the eyes, as for lip-sync. */
export type Part = 'inner' | 'lower'

/** A turned square in a picture: (u, v) of the unit square lies at pixel (x + a u - b v, y + b u + a v). */
export interface Square {
  readonly x: number
  readonly y: number
  readonly a: number
  readonly b: number
}

/**
 * Where eyes and mouth of a face seen from the front lie in the unit square. The mouth is 1.06 eye distances below the
 * eyes, the chin 0.7 below the mouth.
 */
const places: Readonly<Record<Part, FacePoints>> = {
  inner: { leftEye: [0.315, 0.335], rightEye: [0.685, 0.335], mouth: [0.5, 0.727] },
  lower: { leftEye: [0.24, 0.08], rightEye: [0.76, 0.08], mouth: [0.5, 0.631] },
}

/** Points of MediaPipe's mesh: the corners of the eye left in the picture, of the right one, and of the mouth. */
const corners = { leftEye: [33, 133], rightEye: [362, 263], mouth: [61, 291] } as const

/** The centres between the corners of eyes and mouth. */
export function facePoints(landmarks: Landmarks): FacePoints {
  const middle = ([one, other]: readonly [number, number]): Point => [
    (landmarks[2 * one]! + landmarks[2 * other]!) / 2,
    (landmarks[2 * one + 1]! + landmarks[2 * other + 1]!) / 2,
  ]
  return { leftEye: middle(corners.leftEye), rightEye: middle(corners.rightEye), mouth: middle(corners.mouth) }
}

/**
 * The square in which a generator sees a face: the shift, turn and zoom that bring its points nearest to their places, by
 * least squares (Umeyama 1991, without reflection). It is made for each frame on its own, so that it trembles as the
 * points do.
 */
export function squareOf(points: FacePoints, part: Part): Square {
  const names = ['leftEye', 'rightEye', 'mouth'] as const
  const [places0, points0] = [centre(places[part]), centre(points)]
  let [along, across, norm] = [0, 0, 0]
  for (const name of names) {
    const [u, v] = [places[part][name][0] - places0[0], places[part][name][1] - places0[1]]
    const [x, y] = [points[name][0] - points0[0], points[name][1] - points0[1]]
    along += u * x + v * y
    across += u * y - v * x
    norm += u * u + v * v
  }
  const [a, b] = [along / norm, across / norm]
  return { x: points0[0] - a * places0[0] + b * places0[1], y: points0[1] - b * places0[0] - a * places0[1], a, b }
}

function centre({ leftEye, rightEye, mouth }: FacePoints): Point {
  return [(leftEye[0] + rightEye[0] + mouth[0]) / 3, (leftEye[1] + rightEye[1] + mouth[1]) / 3]
}

/** A square about the same middle. @param zoom factor of its side @param turn sine of the angle that it is turned by */
export function changedSquare({ x, y, a, b }: Square, zoom: number, turn: number, shift: Point): Square {
  const cosine = Math.sqrt(1 - turn * turn)
  const [newA, newB] = [zoom * (a * cosine - b * turn), zoom * (b * cosine + a * turn)]
  const at = (u: number, v: number): Point => [x + a * u - b * v, y + b * u + a * v]
  const [middleX, middleY] = at(0.5 + shift[0], 0.5 + shift[1])
  return { x: middleX - (newA - newB) / 2, y: middleY - (newB + newA) / 2, a: newA, b: newB }
}

/** Length of a side in pixels. */
export function sideOf({ a, b }: Square): number {
  return Math.sqrt(a * a + b * b)
}
