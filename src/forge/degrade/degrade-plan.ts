import type { Random } from '../../tensor/random.ts'
import { chosen, either, within, withinOctaves } from '../draw.ts'
import type { Toning } from '../pixels/colour-matrix.ts'
import type { ForgeRecipe } from '../recipe.ts'

/** What both of a pair go through after the blend, step after step; undefined steps are left out. Plain data. */
export interface DegradePlan {
  /** Side of what a network is shown, pixels. */
  readonly side: number | undefined
  readonly colour: Toning | undefined
  readonly blur: { readonly deviation: number; readonly heading: number | undefined } | undefined
  /** Differences up to which what is around smooths them, levels of 255. */
  readonly denoise: number | undefined
  /** How much of the difference to a blurred copy is added. */
  readonly sharpen: number | undefined
  /** Standard deviation, levels of 255. */
  readonly noise: number | undefined
  readonly jpeg: { readonly quality: number } | undefined
  readonly h264:
    | { readonly crf: number; readonly effort: 'fastest' | 'fast' | 'medium'; readonly lead: number }
    | undefined
  /** Of the YUV that the pictures become. */
  readonly matrix: 'bt601' | 'bt709'
}

/** Side from which on a codec may be as coarse as the recipe says, pixels; for each halving below it, by so much less. */
const least = 144
const crfRelief = 8
const qualityRelief = 18

/** @param sensor noise of a sensor that is there in any case */
export function drawDegrade(recipe: ForgeRecipe['degrade'], sensor: number, random: Random): DegradePlan {
  const side = chosen(random, recipe.rescale, withinOctaves(random, recipe.side))
  const colour = chosen(random, recipe.colour, {
    brightness: either(random, recipe.brightness),
    contrast: 1 + either(random, recipe.contrast),
    saturation: 1 + either(random, recipe.saturation),
  })
  const heading = chosen(random, recipe.motionBlur, random.uniform(0, Math.PI))
  const blur = chosen(random, recipe.blur, { deviation: withinOctaves(random, recipe.blurBy), heading })
  const added = chosen(random, recipe.noise, within(random, recipe.noiseBy)) ?? 0
  const noise = Math.hypot(added, sensor)
  const halvings = Math.max(Math.log2(least / (side ?? least)), 0)
  const [lowest, highest] = recipe.jpegQuality
  const worst = Math.min(lowest + qualityRelief * halvings, highest)
  const jpeg = chosen(random, recipe.jpeg, { quality: Math.round(within(random, [worst, highest])) })
  const [best, coarsest] = recipe.crf
  const crf = Math.round(within(random, [best, Math.max(coarsest - crfRelief * halvings, best)]))
  const effort = (['fastest', 'fast', 'fast', 'medium'] as const)[random.integer(4)]!
  const h264 = chosen(random, recipe.h264, { crf, effort, lead: random.integer(3) })
  const matrix = random.bernoulli(0.5) ? 'bt601' : 'bt709'
  const denoise = chosen(random, recipe.denoise, within(random, recipe.denoiseBy))
  const sharpen = chosen(random, recipe.sharpen, within(random, recipe.sharpenBy))
  return { side, colour, blur, denoise, sharpen, noise: noise > 0 ? noise : undefined, jpeg, h264, matrix }
}
