import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { type Blended, blend, untouched } from './blend/blend.ts'
import { ColourMatch } from './blend/match.ts'
import { fitToRim } from './blend/poisson.ts'
import { SharpnessMatch } from './blend/sharpness.ts'
import { Changer } from './change.ts'
import { type FacePose, fitSimilarity, fitted, poseOf } from './face/pose.ts'
import { rippled } from './face/ripple.ts'
import { MaskPainter } from './mask/mask.ts'
import type { Bounds } from './pixels/bounds.ts'
import { Field } from './pixels/field.ts'
import { sample } from './pixels/sample.ts'
import { chain, similarity, type Warp } from './pixels/warp.ts'
import { moved } from './plan/move-plan.ts'
import type { ForgeryPlan } from './plan/plan.ts'
import { type Slip, slipAt } from './plan/temporal-plan.ts'

/** What the inside of a frame is made of: a picture, and where in it the pixels of the frame are. */
export interface Origin {
  readonly image: Image
  readonly warp: Warp
}

/** A frame of a real clip. */
export interface RealFrame {
  readonly image: Image
  /** In its pixels. */
  readonly landmarks: Landmarks
  /** When, for what moves slowly. */
  readonly seconds: number
  /** Whether it does not follow the frame before: nothing is then repeated of that. */
  readonly cut: boolean
  readonly origin: Origin
}

/** A forged frame, and the real one as it is to be shown beside it. */
export interface ForgedFrame extends Blended {
  readonly real: Image
}

/** One forgery, frame after frame, however many: what it remembers does not grow. */
export class Forgery {
  readonly plan: ForgeryPlan
  readonly #random: Random
  readonly #painter = new MaskPainter()
  readonly #match: ColourMatch
  readonly #sharpness: SharpnessMatch
  readonly #changer: Changer
  readonly #field = new Field()
  #frames = 0
  #inner = new Float32Array(0)
  #detail = new Float32Array(0)
  /** What the last inside was made of, for frames that repeat it. */
  #last: { readonly origin: Origin; readonly landmarks: Landmarks } | undefined

  /** @param random what differs from frame to frame comes from its forks */
  constructor(plan: ForgeryPlan, random: Random) {
    this.plan = plan
    this.#random = random
    this.#match = new ColourMatch(plan.matching)
    this.#sharpness = new SharpnessMatch(plan.sharpness)
    this.#changer = new Changer(plan.change)
  }

  frame(frame: RealFrame): ForgedFrame {
    const { plan } = this
    const { image, landmarks, seconds } = frame
    const slip = slipAt(plan.temporal, seconds, this.#random.fork(this.#frames++))
    const face = poseOf(landmarks)
    const real = plan.surroundings ? this.#changer.whole(image) : image
    const mask = this.#painter.paint(plan.mask, landmarks, face, image, slip.slide)
    const origin = this.#origin(frame, slip)
    if (!mask.bounds || (slip.dropped && !frame.cut)) return { real, ...untouched(real) }
    const { bounds } = mask
    const size = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top }
    const move = this.#move(face, slip)
    this.#inner = this.#sampled(origin.image, chain(move, origin.warp), bounds, this.#inner)
    const inner = this.#inner.subarray(0, 3 * size.width * size.height)
    if (plan.resolution !== undefined) this.#changer.soften(inner, size, face.width / plan.resolution)
    this.#match.apply(inner, real, mask, bounds)
    if (!plan.surroundings) this.#changer.inside(inner, size)
    this.#changer.shift(inner, slip.shift)
    if (plan.detail !== undefined) {
      this.#detail = this.#sampled(image, move, bounds, this.#detail)
      this.#changer.addDetail(inner, this.#detail, size, plan.detail)
    }
    this.#sharpness.apply(inner, real, mask, bounds)
    if (plan.blending === 'poisson') fitToRim(inner, real, mask, bounds)
    return { real, ...blend(real, inner, mask, bounds, plan.mask.strength) }
  }

  #move(face: FacePose, slip: Slip): Warp {
    const jitter = similarity([face.x, face.y], {
      factor: slip.factor,
      x: slip.x * face.width,
      y: slip.y * face.width,
    })
    return chain(jitter, rippled(slip.ripples, face), moved(this.plan.move, face))
  }

  /** What the inside is made of: where a frame is repeated that of the last one, led by the landmarks. */
  #origin({ origin, landmarks, cut }: RealFrame, { repeated }: Slip): Origin {
    const last = this.#last
    if (!repeated || cut || !last) {
      this.#last = { origin, landmarks }
      return origin
    }
    const follow = fitted(fitSimilarity(landmarks, last.landmarks))
    return { image: last.origin.image, warp: chain(follow, last.origin.warp) }
  }

  #sampled(image: Image, warp: Warp, bounds: Bounds, buffer: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    const room = 3 * (bounds.right - bounds.left) * (bounds.bottom - bounds.top)
    const into = buffer.length < room ? new Float32Array(room) : buffer
    sample(image, this.#field.set(warp, bounds), bounds, into)
    return into
  }
}
