/** Made-up looks for the tests of tracking: people whose portraits differ, in scenes that differ. */
import { Random } from '../../tensor/random.ts'
import type { Face, Keypoints } from '../face.ts'
import type { Look, SeenFace } from '../look.ts'
import type { Portrait } from '../portrait.ts'
import { normalised } from '../vectors.ts'

/** A face of a person somewhere. */
export interface Placed {
  readonly person: number
  /** Centre, display pixels. */
  readonly x: number
  readonly y: number
  readonly width?: number
  readonly score?: number
}

const cells = 36

/** @param noise levels by which each look at a person differs */
export class Stage {
  readonly #random: Random
  readonly #noise: number

  constructor(seed: number, noise = 6) {
    this.#random = new Random(seed)
    this.#noise = noise
  }

  look(seconds: number, faces: readonly Placed[], scene = 0): Look {
    const levels = smooth(new Random(`scene ${scene}`), 64 * 3)
    return {
      index: undefined,
      seconds,
      scene: normalised(this.#shaken(levels, 3), 3),
      faces: faces.map((face) => this.#seen(face)),
    }
  }

  #seen({ person, x, y, width = 100, score = 0.9 }: Placed): SeenFace {
    return { face: faceAt(x, y, width, score), portrait: this.#portrait(person), sharpness: 0.5 }
  }

  #portrait(person: number): Portrait {
    const levels = smooth(new Random(`person ${person}`), cells * 3)
    return { levels: this.#shaken(levels, this.#noise), inside: new Array<boolean>(cells).fill(true) }
  }

  #shaken(levels: Float64Array, noise: number): Float64Array {
    return levels.map((level) => level + this.#random.normal(0, noise))
  }
}

function smooth(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => random.uniform(20, 235))
}

export function faceAt(x: number, y: number, width: number, score: number): Face {
  const at = (right: number, down: number) => [x + right * width, y + down * width] as const
  const keypoints: Keypoints = {
    leftEye: at(-0.2, -0.2),
    rightEye: at(0.2, -0.2),
    nose: at(0, 0.05),
    mouth: at(0, 0.25),
    leftEar: at(-0.42, -0.1),
    rightEar: at(0.42, -0.1),
  }
  return { box: { x: x - width / 2, y: y - width / 2, width, height: width }, keypoints, score }
}
