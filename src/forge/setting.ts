import type { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { either } from './draw.ts'
import { type FacePose, poseOf } from './face/pose.ts'
import type { RealFrame } from './forgery.ts'
import { drawStillMotion, motionAt, type StillMotion } from './motion/still-motion.ts'
import type { FaceFrames } from './pair.ts'
import { wholeOf } from './pixels/bounds.ts'
import { Field } from './pixels/field.ts'
import { sample } from './pixels/sample.ts'
import { chain, inverse, similarity, type Warp } from './pixels/warp.ts'
import type { ForgeRecipe } from './recipe.ts'

/** How a clip is shown before anything is forged, the same for real and fake. Plain data. */
export interface SettingPlan {
  /** Radians, and factor of the size. */
  readonly angle: number
  readonly factor: number
  /** Of a still. */
  readonly motion: StillMotion | undefined
}

export function drawSetting(recipe: ForgeRecipe, isStill: boolean, random: Random): SettingPlan {
  return {
    angle: (either(random, recipe.settle.roll) * Math.PI) / 180,
    factor: 1 + either(random, recipe.settle.zoom),
    motion: isStill ? drawStillMotion(recipe.motion, random.fork('motion')) : undefined,
  }
}

/** When the frames of a clip are shown. */
export interface Timing {
  readonly frames: number
  readonly snippets: number
  readonly frameRate: number
  readonly snippetSeconds: number
}

/** The frames of a real clip as they are forged: a still moving, all turned alike, each resampled once. */
export function* settle(
  source: FaceFrames,
  plan: SettingPlan,
  timing: Timing,
  random: Random,
): Generator<RealFrame, void, undefined> {
  const still = plan.motion !== undefined
  const face = poseOf(source.landmarks[0]!)
  const field = new Field()
  const perSnippet = timing.frames / timing.snippets
  for (let i = 0; i < timing.frames; i++) {
    const at = still ? 0 : i
    const image = source.images[at]!
    const inSnippet = i % perSnippet
    const seconds = Math.floor(i / perSnippet) * timing.snippetSeconds + inSnippet / timing.frameRate
    const warp = chain(turn(plan, image), motion(plan, face, seconds, random.fork(i)))
    const landmarks = inverse(warp, source.landmarks[at]!)
    yield { image: resampled(image, warp, field), landmarks, seconds, cut: inSnippet === 0, origin: { image, warp } }
  }
}

function turn({ angle, factor }: SettingPlan, { width, height }: Image): Warp {
  return similarity([width / 2, height / 2], { angle, factor })
}

function motion({ motion }: SettingPlan, face: FacePose, seconds: number, random: Random): Warp | undefined {
  return motion && motionAt(motion, face, seconds, random)
}

function resampled(image: Image, warp: Warp, field: Field): Image {
  const bounds = wholeOf(image)
  const data = new Uint8ClampedArray(image.data.length)
  sample(image, field.set(warp, bounds), bounds, data)
  return { width: image.width, height: image.height, data: new Uint8Array(data.buffer) }
}
