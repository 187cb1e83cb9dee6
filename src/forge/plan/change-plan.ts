import type { Random } from '../../tensor/random.ts'
import { chosen, either, type Range, within } from '../draw.ts'
import { type ColourMatrix, toning } from '../pixels/colour-matrix.ts'
import type { ForgeRecipe } from '../recipe.ts'

/** How a copy is changed: colours, then softness, then sharpness. */
export interface ChangePlan {
  /** Added to red, green and blue, levels of 255. */
  readonly shift: readonly [number, number, number]
  /** Radians. */
  readonly hue: number
  /** Factors. */
  readonly saturation: number
  readonly contrast: number
  /** Share of the range. */
  readonly brightness: number
  /** By which factor it is made smaller and larger again. */
  readonly softening: number | undefined
  /** How much of the difference to a blurred copy is added. */
  readonly sharpening: number | undefined
}

/** @param severity what the bounds are taken times */
export function drawChange(recipe: ForgeRecipe['change'], severity: Range, random: Random): ChangePlan {
  const by = within(random, severity)
  const shift = () => either(random, by * recipe.shift)
  return {
    shift: [shift(), shift(), shift()],
    hue: either(random, by * recipe.hue),
    saturation: 1 + either(random, by * recipe.saturation),
    contrast: 1 + either(random, by * recipe.contrast),
    brightness: either(random, by * recipe.brightness),
    softening: chosen(random, recipe.soften, within(random, recipe.softening)),
    sharpening: chosen(random, recipe.sharpen, within(random, recipe.sharpening)),
  }
}

export function matrixOf({ shift, hue, saturation, contrast, brightness }: ChangePlan): ColourMatrix {
  return toning({ shift, hue, saturation, contrast, brightness })
}
