import type { Random } from '../../tensor/random.ts'
import { chosen } from '../draw.ts'
import { drawRipples, type Ripple } from '../face/ripple.ts'
import { drawWave, type Wave, waveAt } from '../motion/wave.ts'
import type { ForgeRecipe } from '../recipe.ts'

/** What is wrong from frame to frame of a clip; undefined where it is not. Lengths are shares of the face's width. */
export interface TemporalPlan {
  readonly jitter: number | undefined
  /** Levels of 255. */
  readonly flicker: number | undefined
  readonly drift: number | undefined
  /** Chances of each frame. */
  readonly repeat: number | undefined
  readonly drop: number | undefined
  readonly slide: readonly [Wave, Wave] | undefined
}

/** What is wrong in one frame. */
export interface Slip {
  readonly x: number
  readonly y: number
  readonly factor: number
  readonly shift: readonly [number, number, number]
  readonly ripples: readonly Ripple[]
  readonly repeated: boolean
  readonly dropped: boolean
  readonly slide: readonly [x: number, y: number]
}

export function drawTemporal(recipe: ForgeRecipe['temporal'], random: Random): TemporalPlan {
  // Shares of the most, so that there is little as often as much.
  const by = (most: number) => most * random.uniform(0.3, 1)
  return {
    jitter: chosen(random, recipe.jitter, by(recipe.jitterBy)),
    flicker: chosen(random, recipe.flicker, by(recipe.flickerBy)),
    drift: chosen(random, recipe.drift, by(recipe.driftBy)),
    repeat: chosen(random, recipe.repeat, recipe.repeatShare),
    drop: chosen(random, recipe.drop, recipe.dropShare),
    slide: chosen(random, recipe.slide, [drawWave(random, recipe.slideBy), drawWave(random, recipe.slideBy)] as const),
  }
}

/** @param random of this frame alone */
export function slipAt(plan: TemporalPlan, seconds: number, random: Random): Slip {
  const jitter = plan.jitter ?? 0
  const flicker = plan.flicker ?? 0
  const all = flicker * random.normal()
  const channel = () => all + 0.5 * flicker * random.normal()
  return {
    x: random.normal(0, jitter),
    y: random.normal(0, jitter),
    factor: 1 + random.normal(0, jitter),
    shift: [channel(), channel(), channel()],
    ripples: plan.drift === undefined ? [] : drawRipples(random, plan.drift),
    repeated: random.bernoulli(plan.repeat ?? 0),
    dropped: random.bernoulli(plan.drop ?? 0),
    slide: plan.slide ? [waveAt(plan.slide[0], seconds), waveAt(plan.slide[1], seconds)] : [0, 0],
  }
}
