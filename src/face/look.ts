import type { Frame } from '../video/frame.ts'
import type { Face } from './face.ts'
import { type Portrait, portraitOf } from './portrait.ts'
import { type Scene, sceneOf } from './scene.ts'
import { sharpnessOf } from './sharpness.ts'

/** A face with what the tracker needs of its pixels. */
export interface SeenFace {
  readonly face: Face
  readonly portrait: Portrait
  /** 0 to 1. */
  readonly sharpness: number
}

/** What was seen in one frame: all that the tracker keeps of it. */
export interface Look {
  readonly index: number | undefined
  readonly seconds: number
  readonly scene: Scene
  readonly faces: readonly SeenFace[]
}

/**
 * @param faces what the detector found in the frame
 * @param scene of the frame, where it is known already
 */
export function lookOf(frame: Frame, faces: readonly Face[], scene = sceneOf(frame)): Look {
  return {
    index: frame.index,
    seconds: frame.seconds,
    scene,
    faces: faces.map((face) => ({
      face,
      portrait: portraitOf(frame, face.box),
      sharpness: sharpnessOf(frame, face.box),
    })),
  }
}
