import type { Random } from '../../tensor/random.ts'
import { within } from '../draw.ts'
import type { FacePose } from '../face/pose.ts'
import { chain, similarity, type Warp } from '../pixels/warp.ts'
import type { ForgeRecipe } from '../recipe.ts'
import { drawWave, type Wave, waveAt } from './wave.ts'

/** How a still moves: the camera, and the head before its background. Waves in shares of the face's width and radians. */
export interface StillMotion {
  readonly shiftX: Wave
  readonly shiftY: Wave
  readonly roll: Wave
  readonly zoom: Wave
  readonly headX: Wave
  readonly headY: Wave
  readonly yaw: Wave
  readonly pitch: Wave
  readonly jaw: Wave
  /** Pixels. */
  readonly tremble: number
  /** Standard deviation of the sensor's noise, levels of 255. */
  readonly noise: number
}

export function drawStillMotion(recipe: ForgeRecipe['motion'], random: Random): StillMotion {
  // Much of one and little of the other, not always a bit of all.
  const wave = (most: number) => drawWave(random, most * random.uniform())
  return {
    shiftX: wave(recipe.shift),
    shiftY: wave(recipe.shift),
    roll: wave((recipe.roll * Math.PI) / 180),
    zoom: wave(recipe.zoom),
    headX: wave(recipe.head),
    headY: wave(recipe.head),
    yaw: wave(recipe.turn),
    pitch: wave(recipe.turn),
    jaw: wave(recipe.jaw),
    tremble: recipe.tremble * random.uniform(),
    noise: within(random, recipe.noise),
  }
}

/** Where the pixels of a frame are in the still. @param random of this frame alone */
export function motionAt(motion: StillMotion, face: FacePose, seconds: number, random: Random): Warp {
  const { x, y, width } = face
  const camera = similarity([x, y], {
    factor: 1 + waveAt(motion.zoom, seconds),
    angle: waveAt(motion.roll, seconds),
    x: width * waveAt(motion.shiftX, seconds) + motion.tremble * random.normal(),
    y: width * waveAt(motion.shiftY, seconds) + motion.tremble * random.normal(),
  })
  return chain(camera, headAt(motion, face, seconds))
}

/** The face is taken for half an ellipsoid, higher than wide by this, with a nose; the head around it is wider by this. */
const tall = 1.35
const around = 1.5

/** Shifts of the head, fading into the background; shifts by depth; the jaw. */
function headAt(motion: StillMotion, { x, y, width, angle }: FacePose, seconds: number): Warp {
  const [headX, headY] = [width * waveAt(motion.headX, seconds), width * waveAt(motion.headY, seconds)]
  const [yaw, pitch] = [width * waveAt(motion.yaw, seconds), width * waveAt(motion.pitch, seconds)]
  const jaw = width * waveAt(motion.jaw, seconds)
  const cosine = (2 * Math.cos(angle)) / width
  const sine = (2 * Math.sin(angle)) / width
  return (point) => {
    const [across, down] = [point[0]! - x, point[1]! - y]
    // In half widths and half heights of the face.
    const u = cosine * across + sine * down
    const v = (cosine * down - sine * across) / tall
    const square = u * u + v * v
    const inHead = Math.max(1 - square / around ** 2 / 2, 0) ** 2
    const inFace = Math.max(1 - square / 1.3, 0) ** 2
    const atNose = Math.max(1 - (u * u + (v - 0.05) ** 2) / 0.08, 0) ** 2
    const depth = inFace + 0.35 * atNose
    const below = Math.min(Math.max((v - 0.25) / 0.35, 0), 1)
    const hanging = Math.max(1 - (u * u) / 0.8, 0) * below * below * (3 - 2 * below) * Math.max(1.6 - v, 0)
    point[0]! += inHead * headX + depth * yaw
    point[1]! += inHead * headY + depth * pitch + (v < 1.6 ? hanging * jaw : 0)
  }
}
