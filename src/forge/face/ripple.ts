import type { Random } from '../../tensor/random.ts'
import type { Warp } from '../pixels/warp.ts'
import type { FacePose } from './pose.ts'

/** A smooth random warp, in units of the face's width, that goes with the face: waves across space. */
export interface Ripple {
  /** Of each wave: where it runs to and how fast, radians a face's width. */
  readonly across: number
  readonly down: number
  readonly phase: number
  /** How far points go at most, and to where. */
  readonly x: number
  readonly y: number
}

const waves = 4
/** Waves a face's width. */
const [long, short] = [0.5, 2.2]

/** @param most how far points go at most, share of the face's width */
export function drawRipples(random: Random, most: number): readonly Ripple[] {
  return Array.from({ length: waves }, () => {
    const speed = 2 * Math.PI * random.uniform(long, short)
    const heading = random.uniform(0, 2 * Math.PI)
    const toward = random.uniform(0, 2 * Math.PI)
    const by = (most / waves) * random.uniform(0.4, 1)
    return {
      across: speed * Math.cos(heading),
      down: speed * Math.sin(heading),
      phase: random.uniform(0, 2 * Math.PI),
      x: by * Math.cos(toward),
      y: by * Math.sin(toward),
    }
  })
}

export function rippled(ripples: readonly Ripple[], { x: centreX, y: centreY, width, angle }: FacePose): Warp {
  const cosine = Math.cos(angle) / width
  const sine = Math.sin(angle) / width
  return (point) => {
    const x = point[0]! - centreX
    const y = point[1]! - centreY
    const u = cosine * x + sine * y
    const v = cosine * y - sine * x
    for (const ripple of ripples) {
      const height = width * Math.sin(ripple.across * u + ripple.down * v + ripple.phase)
      point[0]! += height * ripple.x
      point[1]! += height * ripple.y
    }
  }
}
