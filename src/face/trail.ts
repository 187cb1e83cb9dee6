import type { Region } from '../video/image.ts'
import type { Point, TrackFrame } from './face.ts'
import { centreOf, squareAt } from './geometry.ts'
import type { Look, SeenFace } from './look.ts'
import { blend, type Portrait } from './portrait.ts'
import type { Scene } from './scene.ts'

/** Of the portrait that a trail remembers, how much each look adds. */
const learning = 0.1

/** Speed is taken from looks at most so far apart, and believed for so long; seconds. */
const steady = 0.5

/** One face followed through looks: what becomes a track. */
export class Trail {
  readonly frames: TrackFrame[] = []
  readonly sharpness: number[] = []
  /** Number of its first and last look among all. */
  readonly firstLook: number
  lastLook: number
  scene: Scene
  /** At the last look, and on average over the last ones. */
  portrait: Portrait
  memory: Portrait
  /** Pixels a second. */
  #speed: Point = [0, 0]

  constructor(look: Look, seen: SeenFace, number: number) {
    this.firstLook = number
    this.lastLook = number
    this.scene = look.scene
    this.portrait = seen.portrait
    this.memory = seen.portrait
    this.#push(look, seen)
  }

  add(look: Look, seen: SeenFace, number: number): void {
    const { box, seconds } = this.last
    const gap = look.seconds - seconds
    if (gap > 0 && gap <= steady) {
      const [x, y] = centreOf(seen.face.box)
      const [oldX, oldY] = centreOf(box)
      this.#speed = [(x - oldX) / gap, (y - oldY) / gap]
    } else this.#speed = [0, 0]
    this.lastLook = number
    this.scene = look.scene
    this.portrait = seen.portrait
    this.memory = blend(this.memory, seen.portrait, learning)
    this.#push(look, seen)
  }

  get last(): TrackFrame {
    return this.frames.at(-1)!
  }

  /** Mean score. */
  get score(): number {
    return this.frames.reduce((sum, { score }) => sum + score, 0) / this.frames.length
  }

  /** Where the box should be, if the face goes on as it did. */
  expectedAt(seconds: number): Region {
    const { box, seconds: before } = this.last
    const ahead = Math.min(seconds - before, steady)
    const [x, y] = centreOf(box)
    return squareAt([x + this.#speed[0] * ahead, y + this.#speed[1] * ahead], box.width)
  }

  #push({ index, seconds }: Look, { face, sharpness }: SeenFace): void {
    this.frames.push({ ...face, index, seconds })
    this.sharpness.push(sharpness)
  }
}
