import { type AreaName, areaNames } from '../../face/landmarks/areas.ts'
import type { Random } from '../../tensor/random.ts'
import { chosen, pick, within } from '../draw.ts'
import { drawMask, type MaskPlan } from '../mask/mask-plan.ts'
import type { ForgeryKind } from '../pair.ts'
import type { ForgeRecipe } from '../recipe.ts'
import { type ChangePlan, drawChange } from './change-plan.ts'
import { drawMove, type MovePlan } from './move-plan.ts'
import { drawTemporal, type TemporalPlan } from './temporal-plan.ts'

export type Matching = 'moments' | 'histogram' | 'none'

/** Everything that is the same in all frames of a forged clip. Plain data. */
export interface ForgeryPlan {
  readonly kind: ForgeryKind
  readonly mask: MaskPlan
  readonly change: ChangePlan
  /** Whether the surroundings are the changed ones, in the real clip too. */
  readonly surroundings: boolean
  readonly move: MovePlan
  readonly temporal: TemporalPlan
  readonly blending: 'alpha' | 'poisson'
  readonly matching: Matching
  /** How far sharpness is matched: 1 is all of the way. */
  readonly sharpness: number | undefined
  /** To how many pixels of the face's width the copy is first brought. */
  readonly resolution: number | undefined
  /** How much of the true fine detail is put back. */
  readonly detail: number | undefined
}

/** @param area drawn where it is undefined */
export function drawPlan(
  recipe: ForgeRecipe,
  kind: ForgeryKind,
  area: AreaName | undefined,
  random: Random,
): ForgeryPlan {
  const drawn = pick(random.fork('area'), recipe.areas) ?? areaNames[0]
  const colours = random.fork('colours')
  const severity = { self: recipe.change, swap: recipe.swap, resynthesis: recipe.resynthesis }[kind].severity
  const blending = colours.bernoulli(recipe.blend.poisson) ? 'poisson' : 'alpha'
  const { moments, histogram, none } = recipe.match
  const matching = pick(colours, { moments, histogram, none }) ?? 'none'
  const sharpness = chosen(colours, recipe.match.sharpness, within(colours, recipe.match.sharpnessShare))
  const surroundings = colours.bernoulli(recipe.change.surroundings)
  const resolution = chosen(colours, recipe.swap.coarse, within(colours, recipe.swap.resolution))
  const detail = chosen(colours, recipe.resynthesis.detail, within(colours, recipe.resynthesis.detailShare))
  return {
    kind,
    mask: drawMask(recipe.mask, area ?? drawn, random.fork('mask')),
    change: drawChange(recipe.change, severity, random.fork('change')),
    surroundings,
    move: drawMove(recipe.move, random.fork('move')),
    temporal: drawTemporal(recipe.temporal, random.fork('temporal')),
    blending,
    matching: kind === 'self' ? 'none' : matching,
    sharpness: kind === 'self' ? undefined : sharpness,
    resolution: kind === 'swap' ? resolution : undefined,
    detail: kind === 'resynthesis' ? detail : undefined,
  }
}
