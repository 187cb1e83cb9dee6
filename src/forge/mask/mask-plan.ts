import type { AreaName } from '../../face/landmarks/areas.ts'
import type { Random } from '../../tensor/random.ts'
import { either, within, withinOctaves } from '../draw.ts'
import type { ForgeRecipe } from '../recipe.ts'

/** What of a mask is the same in all frames of a clip. */
export interface MaskPlan {
  readonly area: AreaName
  /** Factor of the hull's size. */
  readonly grow: number
  /** The rim's waves: of each number of waves around it (2, 3, ...) cosine and sine, shares of the radius. */
  readonly rim: readonly (readonly [number, number])[]
  /** Standard deviation of the blur, share of the face's width. */
  readonly blur: number
  /** How much is replaced at most, 0 to 1. */
  readonly strength: number
}

const rimWaves = 5

export function drawMask(recipe: ForgeRecipe['mask'], area: AreaName, random: Random): MaskPlan {
  const most = recipe.elastic / rimWaves
  return {
    area,
    grow: within(random, recipe.grow),
    rim: Array.from({ length: rimWaves }, () => [either(random, most), either(random, most)] as const),
    blur: withinOctaves(random, recipe.blur),
    strength: recipe.strengths[random.integer(recipe.strengths.length)]!,
  }
}
