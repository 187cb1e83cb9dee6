import type { Random } from '../../tensor/random.ts'
import { either } from '../draw.ts'
import type { FacePose } from '../face/pose.ts'
import { drawRipples, type Ripple, rippled } from '../face/ripple.ts'
import { chain, similarity, type Warp } from '../pixels/warp.ts'
import type { ForgeRecipe } from '../recipe.ts'

/** How a copy is moved; lengths are shares of the face's width. */
export interface MovePlan {
  readonly x: number
  readonly y: number
  readonly factor: number
  /** Radians. */
  readonly angle: number
  readonly ripples: readonly Ripple[]
}

export function drawMove(recipe: ForgeRecipe['move'], random: Random): MovePlan {
  return {
    x: either(random, recipe.across),
    y: either(random, recipe.down),
    factor: 1 + either(random, recipe.zoom),
    angle: (either(random, recipe.roll) * Math.PI) / 180,
    ripples: drawRipples(random, recipe.elastic),
  }
}

/** Where the pixels of a moved face are in the face as it was. */
export function moved({ x, y, factor, angle, ripples }: MovePlan, face: FacePose): Warp {
  const rigid = similarity([face.x, face.y], { factor, angle, x: x * face.width, y: y * face.width })
  return chain(rigid, rippled(ripples, face))
}
