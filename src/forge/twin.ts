import type { AreaName } from '../face/landmarks/areas.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { type ForgedFrame, Forgery } from './forgery.ts'
import { framesOf } from './origins.ts'
import type { FaceFrames, ForgeryKind } from './pair.ts'
import { drawPlan, type ForgeryPlan } from './plan/plan.ts'
import type { ForgeRecipe } from './recipe.ts'
import type { Resynthesiser } from './resynthesiser.ts'

/** What a twin is to be like. */
export interface TwinOptions {
  readonly kind: ForgeryKind
  /** Default: drawn. */
  readonly region?: AreaName
  /** Of `swap`. */
  readonly donor?: FaceFrames
  /** Of `resynthesis`. */
  readonly resynthesiser?: Resynthesiser
}

/**
 * The forged twin of a whole video's face, frame after frame, however long it is: with one plan, and without anything that
 * a pair goes through besides, so that real frames stay as they are.
 */
export class Twin {
  readonly plan: ForgeryPlan
  readonly #options: TwinOptions
  readonly #random: Random
  readonly #forgery: Forgery
  #frames = 0
  #seconds = Number.NEGATIVE_INFINITY

  /** @param random decides everything */
  constructor(recipe: ForgeRecipe, options: TwinOptions, random: Random) {
    const drawn = drawPlan(recipe, options.kind, options.region, random.fork('plan'))
    this.plan = { ...drawn, surroundings: false }
    this.#options = options
    this.#random = random
    this.#forgery = new Forgery(this.plan, random.fork('forgery'))
  }

  /**
   * @param image square crop of the face, all of one size
   * @param landmarks in its pixels
   * @param seconds from the first frame of the video
   */
  async frame(image: Image, landmarks: Landmarks, seconds: number): Promise<ForgedFrame> {
    const { kind, donor, resynthesiser } = this.#options
    const cut = seconds - this.#seconds > longestGap
    this.#seconds = seconds
    const own = { image, landmarks, seconds, cut, origin: { image, warp: () => {} } }
    const donorFrame = donor && one(donor, this.#frames++)
    const [frame] = await framesOf(
      kind,
      [own],
      donorFrame,
      resynthesiser,
      this.#random.fork('origin'),
      this.plan.mask.area,
    )
    return this.#forgery.frame(frame!)
  }
}

/** Seconds after which a frame does not follow the one before. */
const longestGap = 0.5

function one({ images, landmarks }: FaceFrames, number: number): FaceFrames {
  const at = number % images.length
  return { images: [images[at]!], landmarks: [landmarks[at]!] }
}
